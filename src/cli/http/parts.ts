/**
 * What serving over HTTP starts from.
 *
 * @module
 */

import type { FlagValues } from "../../config/flags.ts";
import type { Meter } from "../../telemetry/meter.ts";
import type { Tracer } from "../../telemetry/tracer.ts";
import type { AssemblyParts } from "../assembly_parts.ts";

/** The configuration and the outside of the program, and the flags, to read the configuration anew. */
export interface ServeHttpParts extends AssemblyParts {
  readonly flags: FlagValues;
  readonly tracer: Tracer;
  readonly meter: Meter;
}

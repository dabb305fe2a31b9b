/**
 * What this program calls itself.
 *
 * @module
 */

import project from "../../deno.json" with { type: "json" };

/** The program's name, as on the command line. */
export const PROGRAM: string = project.name;

/** The program's version, `major.minor.patch`. */
export const VERSION: string = project.version;

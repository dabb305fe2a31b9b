/**
 * The definitions of the server's own tools, for those who list or count them without calling any.
 *
 * @module
 */

import type { ToolDefinition } from "./definition.ts";
import { NEXT_PAGE_DEFINITION } from "../next_page.ts";
import { RESULT_DEFINITION } from "../results/result_tool.ts";
import { WAIT_FOR_JOB_DEFINITION } from "../jobs/wait_for_job.ts";

/** In the order of their names. */
export const BUILT_IN_DEFINITIONS: readonly ToolDefinition[] = [
  NEXT_PAGE_DEFINITION,
  RESULT_DEFINITION,
  WAIT_FOR_JOB_DEFINITION,
];

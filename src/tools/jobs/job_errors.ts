/**
 * Reads what failed in a job.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { type ErrorEntry, MAX_ENTRIES, readErrorBody } from "../../webex/errors/error_body.ts";
import type { ToolResult } from "../results/result.ts";

/** One thing that failed. */
export interface JobError {
  /** What it is about, as Webex names it: a number, a user, a device. */
  readonly item?: string;
  readonly code?: string;
  readonly message: string;
}

/** What failed in a job. */
export interface JobErrors {
  readonly errors: readonly JobError[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** Set where the list could not be read. */
  readonly warning?: string;
}

/** The most errors that are read. */
export const MAX_JOB_ERRORS = 200;
/** The most characters of errors: a result has other things to tell, too. */
const MAX_LENGTH = 40_000;

function readable({ item, itemNumber, code, key, description }: ErrorEntry): JobError {
  const what = item ?? (itemNumber === undefined ? undefined : `Item ${itemNumber}`);
  const number = code ?? key;
  return {
    ...(what === undefined ? {} : { item: what }),
    ...(number === undefined ? {} : { code: number }),
    message: description ?? "Webex gives no reason",
  };
}

/** The errors of one answer, a list of them or a single one as its own body, and whether any are left out. */
function errorsOf(body: Json | undefined): { errors: JobError[]; isCut: boolean } {
  if (!isJsonObject(body) && !Array.isArray(body)) return { errors: [], isCut: false };
  const holder = isJsonObject(body) && Array.isArray(body.items) ? body.items : body;
  const errors = readErrorBody(holder).entries.map(readable);
  return { errors, isCut: errors.length >= MAX_ENTRIES && Array.isArray(holder) && holder.length > errors.length };
}

/** As many as fit. */
function fitting(errors: readonly JobError[]): JobError[] {
  let length = 0;
  return errors.slice(0, MAX_JOB_ERRORS).filter((error) => (length += JSON.stringify(error).length + 1) <= MAX_LENGTH);
}

function messageOf({ value: { error } }: ToolResult): string {
  return isJsonObject(error) && typeof error.message === "string" ? error.message : "the list could not be read";
}

/**
 * Reads what failed in a job.
 *
 * @param endpoint Lists the errors.
 * @param args Its arguments.
 * @param call Calls a tool.
 * @returns At most {@linkcode MAX_JOB_ERRORS} errors. A list that cannot be read is told by a warning, not an error: the
 *   job's state is known all the same.
 */
export async function readJobErrors(
  endpoint: Endpoint,
  args: JsonObject,
  call: (tool: string, args: JsonObject) => Promise<ToolResult>,
): Promise<JobErrors> {
  const paged = endpoint.facts.paging === undefined ? {} : { max_items: MAX_JOB_ERRORS };
  const result = await call(endpoint.tool, { ...args, ...paged });
  if (result.isError) {
    return { errors: [], complete: false, warning: `Cannot read the job's errors: ${messageOf(result)}` };
  }
  const { body, complete, truncated } = result.value;
  const all = errorsOf(body);
  const errors = fitting(all.errors);
  const isWhole = complete !== false && truncated === undefined && !all.isCut;
  return { errors, complete: isWhole && errors.length === all.errors.length };
}

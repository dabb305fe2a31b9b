/**
 * Reads where a request stands in its caller's trace (W3C Trace Context).
 *
 * @module
 */

/** A span of another program. */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Whether the other program records its span. */
  readonly isSampled: boolean;
  /** What tracing systems pass on to each other, as it came. */
  readonly state?: string;
}

/** Later versions may add fields at the end, version 00 may not; `ff` is no version. */
const PARENT_REGEXP = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Programs need not pass on more than this many characters. */
const MAX_STATE = 512;

const STATE_REGEXP = /^[\x20-\x7e\t]+$/;

function isState(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_STATE && STATE_REGEXP.test(value);
}

/**
 * Reads a pair of `traceparent` and `tracestate`. Callers may send anything as such; what is malformed is as good as absent.
 *
 * @param parent The first, of any type.
 * @param state The second; left out unless it is at most 512 visible characters.
 * @returns The caller's span, or `undefined` where there is none.
 */
export function readTraceParent(parent: unknown, state?: unknown): TraceParent | undefined {
  if (typeof parent !== "string") return undefined;
  const [whole, version, traceId, spanId, flags, more] = PARENT_REGEXP.exec(parent) ?? [];
  if (whole === undefined || traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (version === "00" && more !== undefined) return undefined;
  return { traceId, spanId, isSampled: (parseInt(flags, 16) & 1) === 1, ...(isState(state) ? { state } : {}) };
}

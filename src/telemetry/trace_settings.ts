/**
 * Where traces go, and which.
 *
 * @module
 */

/** The samplers that OpenTelemetry names, the default first. */
export const SAMPLERS = [
  "parentbased_always_on",
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** One of {@linkcode SAMPLERS}. */
export type SamplerName = typeof SAMPLERS[number];

/** How traces are exported. */
export interface TraceSettings {
  /** Where batches are posted. */
  readonly endpoint: string;
  /** What is sent along, for example a key of the collector: secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the spans are of, for example `service.name`. */
  readonly resource: Readonly<Record<string, string>>;
  readonly sampler: SamplerName;
  /** The share of traces that are exported, from 0 to 1; only for samplers that go by it. */
  readonly ratio: number;
}

/**
 * Reads where traces go from the variables that OpenTelemetry names
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { PROGRAM, VERSION } from "../core/version.ts";
import { type SamplerName, SAMPLERS, type TraceSettings } from "../telemetry/trace_settings.ts";
import { isExposed } from "./base_url.ts";
import type { Environment, EnvironmentName } from "./environment.ts";
import { booleanOf, choiceOf, readVariable } from "./settings.ts";

/** RFC 9110, section 5.6.2. */
const HEADER_NAME_REGEXP = /^[!#$%&'*+.^`|~\w-]+$/;

const HEADER_VALUE_REGEXP = /^[\x20-\x7e]*$/;

/** The path that traces have below the address of a collector (OTLP 1.x, section OTLP/HTTP Request). */
const TRACES_PATH = "v1/traces";

/** The value isn't quoted: an address can have a password, and headers are keys. */
function refuse(name: EnvironmentName, expected: string, example: string): never {
  throw new UsageError(`Cannot use ${name}: expected ${expected}`, {
    code: "bad_trace_setting",
    guidance: `Set it to a value such as ${example}, or unset it.`,
  });
}

function addressOf(name: EnvironmentName, text: string): URL {
  const url = URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" &&
    url.search === "" && url.hash === "";
  if (isPlain) return url;
  return refuse(name, "an http or https address without user, query or fragment", "http://localhost:4318");
}

function endpointOf(environment: Environment): string | undefined {
  const own = readVariable(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
  if (own !== undefined) return addressOf("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", own).href;
  const base = readVariable(environment, "OTEL_EXPORTER_OTLP_ENDPOINT");
  if (base === undefined) return undefined;
  const { href } = addressOf("OTEL_EXPORTER_OTLP_ENDPOINT", base);
  return `${href.replace(/\/+$/, "")}/${TRACES_PATH}`;
}

/** Pairs with commas between them; blanks don't count, and `%2C` is a comma that does (W3C Baggage). */
function pairsOf(environment: Environment, name: EnvironmentName, example: string): [string, string][] {
  const text = readVariable(environment, name) ?? "";
  const parts = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
  return parts.map((part) => {
    const at = part.indexOf("=");
    if (at < 1) return refuse(name, "pairs of a name and a value with commas between them", example);
    try {
      return [part.slice(0, at).trim(), decodeURIComponent(part.slice(at + 1).trim())];
    } catch {
      return refuse(name, "percent signs in a value to be written as %25", example);
    }
  });
}

function headersOf(environment: Environment): Readonly<Record<string, string>> {
  const name = "OTEL_EXPORTER_OTLP_HEADERS";
  const example = "api-key=0123";
  const pairs = pairsOf(environment, name, example);
  for (const [header, value] of pairs) {
    if (HEADER_NAME_REGEXP.test(header) && HEADER_VALUE_REGEXP.test(value)) continue;
    refuse(name, "names and values that headers may have", example);
  }
  return Object.freeze(Object.fromEntries(pairs));
}

/** The name in a variable of its own wins over the one among the attributes, as the specification says. */
function resourceOf(environment: Environment): Readonly<Record<string, string>> {
  const service = readVariable(environment, "OTEL_SERVICE_NAME");
  const attributes = pairsOf(environment, "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=production");
  return Object.freeze({
    "service.name": PROGRAM,
    "service.version": VERSION,
    ...Object.fromEntries(attributes),
    ...(service === undefined ? {} : { "service.name": service }),
  });
}

function samplerOf(environment: Environment): SamplerName {
  const name = "OTEL_TRACES_SAMPLER";
  const text = readVariable(environment, name);
  return choiceOf(text === undefined ? undefined : { text, source: name }, SAMPLERS);
}

function ratioOf(environment: Environment): number {
  const name = "OTEL_TRACES_SAMPLER_ARG";
  const text = readVariable(environment, name) ?? "1";
  const ratio = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
  return ratio <= 1 ? ratio : refuse(name, "a number from 0 to 1", "0.1");
}

/**
 * Reads how traces are exported.
 *
 * @param environment Reads variables.
 * @returns The settings, frozen; `undefined` where no collector is named, or traces are switched off.
 * @throws {UsageError} If a variable makes no sense.
 */
export function tracesOf(environment: Environment): TraceSettings | undefined {
  if (booleanOf(environment, "OTEL_SDK_DISABLED")) return undefined;
  const endpoint = endpointOf(environment);
  if (endpoint === undefined) return undefined;
  const sampler = samplerOf(environment);
  return Object.freeze({
    endpoint,
    headers: headersOf(environment),
    resource: resourceOf(environment),
    sampler,
    ratio: sampler.endsWith("traceidratio") ? ratioOf(environment) : 1,
  });
}

/**
 * Says what looks wrong with settings that make sense.
 *
 * @param settings The settings, if there are any.
 * @returns One sentence for each, for the log.
 */
export function traceWarnings(settings: TraceSettings | undefined): readonly string[] {
  if (settings === undefined || Object.keys(settings.headers).length === 0 || !isExposed(settings.endpoint)) return [];
  return [`The headers for the collector of traces travel unencrypted to ${new URL(settings.endpoint).host}`];
}

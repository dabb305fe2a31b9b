/**
 * Reads the section `http` of the configuration file.
 *
 * @module
 */

import { type FileContext, mapping, refuse, textOf, textsOf } from "./file_values.ts";
import { type OAuthConfig, readOAuthSection } from "./oauth.ts";

/** What the section says; the same words as the flags' values. */
export interface HttpSection {
  readonly allowedHosts?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly callers?: string;
  readonly publicUrl?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly store?: string;
  readonly keyFile?: string;
  readonly metrics?: string;
  readonly trustedProxies?: readonly string[];
  readonly drain?: string;
  readonly rate?: string;
  readonly oauth?: OAuthConfig;
}

type Key = keyof HttpSection;

const TEXTS: Readonly<Record<string, Key>> = {
  public_url: "publicUrl",
  store: "store",
  metrics: "metrics",
};
const PATHS: Readonly<Record<string, Key>> = {
  callers: "callers",
  tls_cert: "tlsCert",
  tls_key: "tlsKey",
  key_file: "keyFile",
};
const LISTS: Readonly<Record<string, Key>> = {
  allowed_hosts: "allowedHosts",
  allowed_origins: "allowedOrigins",
  trusted_proxies: "trustedProxies",
};
const NUMBERS: Readonly<Record<string, Key>> = { drain_seconds: "drain", rate: "rate" };
/** A port may be written as a number. */
const ADDRESSES = ["metrics"];

/** A port may be written as a number, though it is half of an address. */
function plainText(context: FileContext, key: string, value: unknown, isNumber: boolean): string {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return String(value);
  if (isNumber) refuse(context, key, "a whole number", "Write it without quotation marks and unit.");
  return textOf(context, key, value);
}

function valueOf(context: FileContext, key: string, value: unknown): string | readonly string[] {
  const at = `http.${key}`;
  if (Object.hasOwn(LISTS, key)) return textsOf(context, at, value);
  if (Object.hasOwn(PATHS, key)) return context.resolve(textOf(context, at, value));
  if (Object.hasOwn(NUMBERS, key) || ADDRESSES.includes(key)) {
    return plainText(context, at, value, Object.hasOwn(NUMBERS, key));
  }
  return textOf(context, at, value);
}

/**
 * Checks the section.
 *
 * @param value What stands there, parsed.
 * @param context The file's path and surroundings.
 * @returns What it says.
 * @throws {UsageError} If a key is unknown, or a value has the wrong type.
 */
export function readHttpSection(value: unknown, context: FileContext): HttpSection {
  const members: Readonly<Record<string, Key>> = { ...TEXTS, ...PATHS, ...LISTS, ...NUMBERS };
  const record = mapping(context, "http", value, [...Object.keys(members), "oauth"]);
  const { oauth, ...others } = record;
  const read = Object.entries(others).map(([key, own]) => [members[key], valueOf(context, key, own)]);
  return { ...Object.fromEntries(read), ...(oauth === undefined ? {} : { oauth: readOAuthSection(oauth, context) }) };
}

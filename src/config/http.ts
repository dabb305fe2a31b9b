/**
 * How the program serves over HTTP: flags, variables and the section `http` of the configuration file.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { type Address, addressOf, addressText, isLoopback } from "./address.ts";
import type { Environment, EnvironmentName } from "./environment.ts";
import type { Flag } from "./flag.ts";
import { HTTP_FLAGS, type HttpFlagValues } from "./http_flags.ts";
import type { HttpSection } from "./http_section.ts";
import type { OAuthConfig } from "./oauth.ts";
import { splitList } from "./selection.ts";
import { type Given, given, readVariable, wholeNumberOf } from "./settings.ts";
import { type StateConfig, stateConfigOf } from "./store.ts";
import { type HttpUrl, httpUrlOf, originOf } from "./web_address.ts";

/** The files of a certificate, PEM. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** How the program serves over HTTP; frozen. */
export interface HttpConfig extends StateConfig {
  readonly listen: Address;
  /** The names by which it may be called, lower case, without ports; those of this machine where it alone is served. */
  readonly allowedHosts: readonly string[];
  /** The origins of web pages that may call, as browsers write them. */
  readonly allowedOrigins: readonly string[];
  /** The file of callers' tokens. */
  readonly callersFile?: string;
  /** Whose access tokens are accepted. */
  readonly oauth?: OAuthConfig;
  /** The address of `/mcp` as clients see it. */
  readonly publicUrl?: HttpUrl;
  readonly tls?: TlsFiles;
  readonly metrics?: Address;
  /** Addresses and networks (CIDR) of proxies. */
  readonly trustedProxies: readonly string[];
  readonly drainMs: number;
  readonly ratePerMinute: number;
}

const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];
const DRAIN_SECONDS = { min: 0, max: 3600, fallback: 30, unit: "seconds" } as const;
const RATE = { min: 1, max: 1_000_000, fallback: 300, unit: "requests" } as const;

type VariableFlag = Flag & { readonly environment: EnvironmentName };

/** Reads flags, then variables, then the section. */
class Reader {
  constructor(
    readonly flags: HttpFlagValues,
    readonly environment: Environment,
    readonly section: HttpSection,
  ) {}

  text(flag: VariableFlag, typed: string | undefined, own: string | undefined, key: string): Given | undefined {
    const setting = given(flag, typed, this.environment);
    return setting ?? (own === undefined ? undefined : { text: own, source: `http.${key}` });
  }

  list(flag: VariableFlag, typed: readonly string[] = [], own: readonly string[] = [], key: string): Given[] {
    const as = (source: string) => (text: string): Given => ({ text, source });
    if (typed.length > 0) return splitList(typed).map(as(flag.name));
    const variable = readVariable(this.environment, flag.environment);
    return variable === undefined ? own.map(as(`http.${key}`)) : splitList([variable]).map(as(flag.environment));
  }
}

function badHost({ text, source }: Given): UsageError {
  return new UsageError(`Cannot use ${source} ${JSON.stringify(text)}: expected the name of a host`, {
    code: "bad_host",
    guidance: "Give names as mcp.example.com or [2001:db8::1], without scheme, port and path.",
  });
}

function hostOf(setting: Given): string {
  const name = setting.text.toLowerCase();
  const url = URL.parse(`http://${name}/`);
  if (url === null || url.hostname !== name || url.port !== "") throw badHost(setting);
  return name;
}

function hostsOf(reader: Reader, listen: Address, publicUrl: HttpUrl | undefined): readonly string[] {
  const named = reader.list(
    HTTP_FLAGS.allowedHosts,
    reader.flags.allowedHosts,
    reader.section.allowedHosts,
    "allowed_hosts",
  );
  const local = isLoopback(listen) ? LOCAL_HOSTS : [];
  const own = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
  return Object.freeze([...new Set([...local, ...own, ...named.map(hostOf)])]);
}

function tlsOf(
  { flags, section, text }: {
    readonly flags: HttpFlagValues;
    readonly section: HttpSection;
    readonly text: Reader["text"];
  },
): TlsFiles | undefined {
  const certificate = text(HTTP_FLAGS.tlsCert, flags.tlsCert, section.tlsCert, "tls_cert");
  const key = text(HTTP_FLAGS.tlsKey, flags.tlsKey, section.tlsKey, "tls_key");
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate !== undefined && key !== undefined) {
    return Object.freeze({ certificate: certificate.text, key: key.text });
  }
  const [has, lacks] = certificate === undefined ? ["tlsKey", "tlsCert"] as const : ["tlsCert", "tlsKey"] as const;
  throw new UsageError(`Cannot serve HTTPS: ${HTTP_FLAGS[has].name} is given and ${HTTP_FLAGS[lacks].name} is not`, {
    code: "missing_tls_file",
    guidance: "Give both, or neither to serve HTTP.",
  });
}

function withCallers(callersFile: string | undefined): Pick<HttpConfig, "callersFile"> {
  return callersFile === undefined ? {} : { callersFile };
}

/** Whoever reaches the server can do what its credential may: more than this machine is served only with care. */
function checkExposure({ listen, callersFile, oauth, allowedHosts }: HttpConfig): void {
  if (isLoopback(listen)) return;
  const missing = [
    ...(callersFile === undefined && oauth === undefined
      ? ["callers to tell apart (--callers, or http.oauth in the configuration file)"]
      : []),
    ...(allowedHosts.length === 0 ? ["the names by which it may be called (--allowed-hosts)"] : []),
  ];
  if (missing.length === 0) return;
  throw new UsageError(
    `Cannot serve on ${addressText(listen)}: other machines can reach it, so it needs ${missing.join(" and ")}`,
    {
      code: "exposed_listener",
      guidance: "Give them, or serve on 127.0.0.1 alone.",
    },
  );
}

/**
 * Reads how to serve over HTTP.
 *
 * @param flags The flags.
 * @param environment Reads variables.
 * @param section The section `http` of the configuration file.
 * @param callersFile The usual file of callers, where there is one.
 * @returns The configuration, frozen; `undefined` where HTTP is not asked for.
 * @throws {UsageError} If a value is not allowed, or the server would stand open to other machines.
 */
export function createHttpConfig(
  flags: HttpFlagValues,
  environment: Environment,
  section: HttpSection = {},
  callersFile?: string,
): HttpConfig | undefined {
  const reader = new Reader(flags, environment, section);
  const text: Reader["text"] = (flag, typed, own, key) => reader.text(flag, typed, own, key);
  // The file alone never opens a port: a client that starts the program with the same file wants standard streams.
  const wanted = given(HTTP_FLAGS.http, flags.http, environment);
  if (wanted === undefined) return undefined;
  const listen = addressOf(wanted);
  const address = text(HTTP_FLAGS.publicUrl, flags.publicUrl, section.publicUrl, "public_url");
  const publicUrl = address === undefined ? undefined : httpUrlOf(address);
  const callers = text(HTTP_FLAGS.callers, flags.callers, section.callers, "callers");
  const metrics = text(HTTP_FLAGS.metrics, flags.metrics, section.metrics, "metrics");
  const tls = tlsOf({ flags, section, text });
  const state = stateConfigOf({
    url: text(HTTP_FLAGS.store, flags.store, section.store, "store"),
    keyFile: text(HTTP_FLAGS.keyFile, flags.keyFile, section.keyFile, "key_file"),
    passwordFile: readVariable(environment, "WEBEX_MCP_STORE_PASSWORD_FILE"),
  });
  const config: HttpConfig = Object.freeze({
    listen,
    allowedHosts: hostsOf(reader, listen, publicUrl),
    allowedOrigins: Object.freeze(
      reader.list(HTTP_FLAGS.allowedOrigins, flags.allowedOrigins, section.allowedOrigins, "allowed_origins").map(
        originOf,
      ),
    ),
    ...withCallers(callers?.text ?? callersFile),
    ...(section.oauth === undefined ? {} : { oauth: section.oauth }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(tls === undefined ? {} : { tls }),
    ...state,
    ...(metrics === undefined ? {} : { metrics: addressOf(metrics) }),
    trustedProxies: Object.freeze(
      reader.list(HTTP_FLAGS.trustedProxies, flags.trustedProxies, section.trustedProxies, "trusted_proxies")
        .map(({ text }) => text),
    ),
    drainMs: wholeNumberOf(text(HTTP_FLAGS.drain, flags.drain, section.drain, "drain"), DRAIN_SECONDS) * 1000,
    ratePerMinute: wholeNumberOf(text(HTTP_FLAGS.rate, flags.rate, section.rate, "rate"), RATE),
  });
  checkExposure(config);
  return config;
}

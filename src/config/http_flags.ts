/**
 * The flags of serving over HTTP.
 *
 * @module
 */

import type { Flag } from "./flag.ts";

/** The flags, by the member of {@linkcode HttpFlagValues} that they set. */
export const HTTP_FLAGS = {
  http: {
    name: "--http",
    value: "[HOST:]PORT",
    environment: "WEBEX_MCP_HTTP",
    summary: "Serve Streamable HTTP at /mcp instead of standard input and output; without HOST on 127.0.0.1 only.",
  },
  allowedHosts: {
    name: "--allowed-hosts",
    value: "A,B",
    environment: "WEBEX_MCP_ALLOWED_HOSTS",
    repeatable: true,
    summary: "The names under which clients reach the server; requests for any other are refused.",
  },
  allowedOrigins: {
    name: "--allowed-origins",
    value: "A,B",
    environment: "WEBEX_MCP_ALLOWED_ORIGINS",
    repeatable: true,
    summary: "The web pages, as https://app.example.com, from which browsers may call.",
  },
  callers: {
    name: "--callers",
    value: "PATH",
    environment: "WEBEX_MCP_CALLERS",
    summary: "The file of callers and their tokens' hashes, instead of the one in the user's state directory.",
  },
  publicUrl: {
    name: "--public-url",
    value: "URL",
    environment: "WEBEX_MCP_PUBLIC_URL",
    summary: "The address of /mcp as clients see it, where a proxy stands before the server.",
  },
  tlsCert: {
    name: "--tls-cert",
    value: "PATH",
    environment: "WEBEX_MCP_TLS_CERT",
    summary: "Serve HTTPS with this certificate chain (PEM), read anew when it changes.",
  },
  tlsKey: {
    name: "--tls-key",
    value: "PATH",
    environment: "WEBEX_MCP_TLS_KEY",
    summary: "The private key of the certificate (PEM).",
  },
  store: {
    name: "--store",
    value: "URL",
    environment: "WEBEX_MCP_STORE",
    summary: "Redis or Valkey, as redis://HOST:PORT: the state that several servers share.",
  },
  keyFile: {
    name: "--key-file",
    value: "PATH",
    environment: "WEBEX_MCP_KEY_FILE",
    summary: "The keys that the servers of one store share: 32 bytes in base64, one a line, the first one seals.",
  },
  metrics: {
    name: "--metrics",
    value: "[HOST:]PORT",
    environment: "WEBEX_MCP_METRICS",
    summary: "Serve Prometheus metrics at /metrics; without HOST on 127.0.0.1 only.",
  },
  trustedProxies: {
    name: "--trusted-proxies",
    value: "A,B",
    environment: "WEBEX_MCP_TRUSTED_PROXIES",
    repeatable: true,
    summary: "Proxies, as addresses or 10.0.0.0/8, that are believed where a request comes from.",
  },
  drain: {
    name: "--drain",
    value: "SECONDS",
    environment: "WEBEX_MCP_DRAIN",
    summary: "How long calls in flight may go on when the server is asked to end.",
  },
  rate: {
    name: "--rate",
    value: "N",
    environment: "WEBEX_MCP_RATE",
    summary: "How many requests a minute are taken of each caller.",
  },
} as const satisfies Record<string, Flag>;

/** The flags that were given. */
export interface HttpFlagValues {
  readonly http?: string | undefined;
  readonly allowedHosts?: readonly string[] | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly callers?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly store?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly metrics?: string | undefined;
  readonly trustedProxies?: readonly string[] | undefined;
  /** Seconds, as they were given. */
  readonly drain?: string | undefined;
  /** A number, as it was given. */
  readonly rate?: string | undefined;
}

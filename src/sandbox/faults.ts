/**
 * Misbehaviour on demand: rules that say which requests go wrong, and how.
 *
 * @module
 */

import type { Json } from "../core/json.ts";

/** Which requests go wrong, and how. All conditions that are given must hold. */
export interface FaultRule {
  /** The HTTP method; absent means any. */
  readonly method?: string;
  /** The path below the base URL; `{name}` stands for one segment, a last `*` for any rest. */
  readonly path?: string;
  /** A regular expression that the path with its query matches. */
  readonly pattern?: string;
  /** Lets this many matching requests pass first. */
  readonly skip?: number;
  /** Ends after this many requests; absent means never. */
  readonly times?: number;
  /** Waits, in milliseconds, before anything else. */
  readonly delayMs?: number;
  /** Answers with this status; absent, and without any other kind of answer, the request is handled as usual. */
  readonly status?: number;
  /** Headers of the answer; alone they are laid over the usual one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON body; absent, a faulty status has an error body as Webex writes it. */
  readonly body?: Json;
  /** A body sent as it is, as `text/html` unless the headers say otherwise. */
  readonly text?: string;
  /** Sent as `Retry-After`: seconds, or anything malformed. */
  readonly retryAfter?: number | string;
  /**
   * Breaks the connection before any answer. Deno's own `fetch` sends a request once more by itself when a
   * connection that was used before breaks, so over a socket one such call can use up two `times`.
   */
  readonly drop?: boolean;
  /** Breaks the connection after this many bytes of the usual answer's body. */
  readonly dropAfterBytes?: number;
  /** Sends a JSON string of this many bytes. */
  readonly hugeBytes?: number;
}

interface Placed {
  readonly rule: FaultRule;
  readonly matches: (method: string, path: string, search: string) => boolean;
  seen: number;
}

function pathPattern(path: string): RegExp {
  const parts = path.replace(/\/$/, "").split(/(\{[^}]*\}|\*$)/);
  const source = parts.map((part) =>
    part === "*" ? ".*" : part.startsWith("{") ? "[^/]+" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
  );
  return new RegExp(`^${source.join("")}/?$`);
}

function matcher(rule: FaultRule): Placed["matches"] {
  const path = rule.path === undefined ? undefined : pathPattern(rule.path);
  const pattern = rule.pattern === undefined ? undefined : new RegExp(rule.pattern);
  return (method, at, search) =>
    (rule.method === undefined || rule.method.toUpperCase() === method) &&
    (path === undefined || path.test(at)) &&
    (pattern === undefined || pattern.test(at + search));
}

/** Holds the rules; the oldest that applies wins. */
export class FaultBoard {
  #placed: Placed[] = [];

  /**
   * Adds rules.
   *
   * @param rules The rules, oldest first.
   * @throws {SyntaxError} If a pattern is no regular expression.
   */
  add(...rules: readonly FaultRule[]): void {
    this.#placed.push(...rules.map((rule) => ({ rule, matches: matcher(rule), seen: 0 })));
  }

  /** Removes all rules. */
  clear(): void {
    this.#placed = [];
  }

  /** The rules that have not ended. */
  get rules(): readonly FaultRule[] {
    return this.#placed.filter((placed) => !hasEnded(placed)).map((placed) => placed.rule);
  }

  /**
   * Finds the rule for a request and counts it.
   *
   * @param method The HTTP method.
   * @param path The path below the base URL.
   * @param search The query with its question mark.
   */
  take(method: string, path: string, search: string): FaultRule | undefined {
    for (const placed of this.#placed) {
      if (hasEnded(placed) || !placed.matches(method, path, search)) continue;
      placed.seen++;
      if (placed.seen > (placed.rule.skip ?? 0)) return placed.rule;
    }
    return undefined;
  }
}

function hasEnded({ rule, seen }: Placed): boolean {
  return rule.times !== undefined && seen >= rule.times + (rule.skip ?? 0);
}

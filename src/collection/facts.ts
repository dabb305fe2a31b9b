/**
 * Reads what a file tells of an endpoint beyond its interface, and derives what it doesn't tell.
 *
 * @module
 */

import type { Checker, Fields } from "./check.ts";
import type { Facts, Job, Method, Paging } from "./endpoint.ts";

/**
 * Derives facts from the method alone, as HTTP defines it (RFC 9110, section 9.2).
 *
 * @param method The endpoint's method.
 * @returns Facts without scopes, roles, paging and job.
 */
export function deriveFacts(method: Method): Facts {
  return {
    kind: method === "GET" || method === "HEAD" ? "read" : "write",
    destructive: method === "DELETE",
    idempotent: method !== "POST" && method !== "PATCH",
    scopes: [],
    roles: [],
  };
}

/**
 * Reads the facts of an endpoint.
 *
 * @param holder What has them as its member `facts`.
 * @param at Where the holder is.
 * @param method The endpoint's method, from which missing facts are derived.
 * @param check Receives problems.
 * @returns The facts.
 */
export function readFacts(holder: Fields, at: string, method: Method, check: Checker): Facts {
  const derived = deriveFacts(method);
  const fields = check.record(holder.facts, at, "facts");
  if (fields === undefined) return derived;
  const inside = `${at}facts.`;
  const paging = readPaging(fields, inside, check);
  const list = check.text(fields.list, inside, "list");
  const job = readJob(fields, inside, check);
  const danger = check.text(fields.danger, inside, "danger");
  const allScopes = check.flag(fields.allScopes, inside, "allScopes");
  const answerOnly = check.texts(fields.answerOnly, inside, "answerOnly");
  return {
    kind: readKind(fields, inside, method, check) ?? derived.kind,
    destructive: check.flag(fields.destructive, inside, "destructive") ?? derived.destructive,
    idempotent: check.flag(fields.idempotent, inside, "idempotent") ?? derived.idempotent,
    scopes: check.texts(fields.scopes, inside, "scopes") ?? [],
    roles: check.texts(fields.roles, inside, "roles") ?? [],
    ...(paging === undefined ? {} : { paging }),
    ...(list === undefined ? {} : { list }),
    ...(job === undefined ? {} : { job }),
    ...(danger === undefined ? {} : { danger }),
    ...(allScopes === undefined ? {} : { allScopes }),
    ...(answerOnly === undefined ? {} : { answerOnly }),
  };
}

/** A file can say that a POST only reads; no file can make a PUT or DELETE pass for reading. */
function readKind(fields: Fields, at: string, method: Method, check: Checker): Facts["kind"] | undefined {
  const kind = fields.kind ?? undefined;
  if (kind === "read" && (method === "PUT" || method === "DELETE" || method === "PATCH")) {
    check.expected(`${at}kind`, `"write" for a ${method}`, kind);
    return undefined;
  }
  if (kind === undefined || kind === "read" || kind === "write") return kind;
  check.expected(`${at}kind`, '"read" or "write"', kind);
  return undefined;
}

function readPaging(fields: Fields, at: string, check: Checker): Paging | undefined {
  const paging = check.record(fields.paging, at, "paging");
  if (paging === undefined) return undefined;
  const style = paging.style;
  if (style !== "offset" && style !== "cursor" && style !== "window") {
    check.expected(`${at}paging.style`, 'one of "offset", "cursor", "window"', style);
    return undefined;
  }
  const usual = readCount(paging, "default", `${at}paging.`, check);
  const max = readCount(paging, "max", `${at}paging.`, check);
  return {
    style,
    ...(usual === undefined ? {} : { default: usual }),
    ...(max === undefined ? {} : { max }),
  };
}

function readCount(fields: Fields, key: string, at: string, check: Checker): number | undefined {
  const value = fields[key] ?? undefined;
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value > 0)) return value;
  check.expected(at + key, "a whole number above 0", value);
  return undefined;
}

function readJob(fields: Fields, at: string, check: Checker): Job | undefined {
  const job = check.record(fields.job, at, "job");
  if (job === undefined) return undefined;
  const poll = check.text(job.poll, `${at}job.`, "poll");
  const errors = check.text(job.errors, `${at}job.`, "errors");
  if (poll === undefined) {
    check.expected(`${at}job.poll`, "a method and a path", job.poll);
    return undefined;
  }
  return errors === undefined ? { poll } : { poll, errors };
}

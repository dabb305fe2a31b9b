/**
 * The sandbox's own endpoints, for tests in another process.
 *
 * `POST /sandbox/faults` takes a rule or an array of rules, `DELETE /sandbox/faults` removes all, `GET` shows them.
 * `GET /sandbox/requests` shows the received requests, `DELETE /sandbox/requests` forgets them.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import { Refusal } from "./answer.ts";
import type { FaultBoard, FaultRule } from "./faults.ts";
import type { RequestLog } from "./request_log.ts";

const TYPES: Readonly<Record<keyof FaultRule, readonly string[]>> = {
  method: ["string"],
  path: ["string"],
  pattern: ["string"],
  skip: ["number"],
  times: ["number"],
  delayMs: ["number"],
  status: ["number"],
  headers: ["object"],
  body: ["object", "string", "number", "boolean"],
  text: ["string"],
  retryAfter: ["number", "string"],
  drop: ["boolean"],
  dropAfterBytes: ["number"],
  hugeBytes: ["number"],
};

function isRule(value: unknown): value is FaultRule {
  if (!isRecord(value)) return false;
  const types: Readonly<Record<string, readonly string[]>> = TYPES;
  return Object.entries(value).every(([name, member]) => types[name]?.includes(typeof member) ?? false);
}

async function readRules(request: Request): Promise<FaultRule[]> {
  let parsed: unknown;
  try {
    parsed = await request.json();
  } catch {
    throw new Refusal(400, "The rules are not valid JSON");
  }
  const rules: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  const known = rules.filter(isRule);
  if (known.length !== rules.length) {
    throw new Refusal(400, `A rule has unknown members or types; known are ${Object.keys(TYPES).join(", ")}`);
  }
  return known;
}

/**
 * Answers a request to the sandbox itself.
 *
 * @param request The request.
 * @param path Its path.
 * @param faults The rules.
 * @param log The received requests.
 * @returns The answer, or `undefined` if the path isn't one of the sandbox's own.
 * @throws {Refusal} 400 if the rules can't be understood.
 */
export async function control(
  request: Request,
  path: string,
  faults: FaultBoard,
  log: RequestLog,
): Promise<Response | undefined> {
  switch (`${request.method} ${path}`) {
    case "POST /sandbox/faults":
      try {
        faults.add(...await readRules(request));
      } catch (error) {
        throw error instanceof SyntaxError ? new Refusal(400, error.message) : error;
      }
      return Response.json({ rules: faults.rules }, { status: 201 });
    case "GET /sandbox/faults":
      return Response.json({ rules: faults.rules });
    case "DELETE /sandbox/faults":
      faults.clear();
      return new Response(null, { status: 204 });
    case "GET /sandbox/requests":
      return Response.json({ requests: log.entries });
    case "DELETE /sandbox/requests":
      log.clear();
      return new Response(null, { status: 204 });
    default:
      return undefined;
  }
}

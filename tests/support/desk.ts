/**
 * A dispatcher whose executor and audit trail a test plays.
 *
 * @module
 */

import type { AuditDraft, AuditEntry } from "../../src/audit/entry.ts";
import type { Announcement } from "../../src/audit/trail.ts";
import { systemClock } from "../../src/core/clock.ts";
import type { CallContext } from "../../src/core/context.ts";
import { RefusedError } from "../../src/core/errors.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { PendingWrite, WriteGate } from "../../src/tools/confirmation/gate.ts";
import type { BuiltInTool } from "../../src/tools/definitions/built_in.ts";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import { createDispatcher, type Dispatcher, type DispatcherOptions } from "../../src/tools/dispatcher.ts";
import type { ExecutionContext } from "../../src/tools/executor.ts";
import type { ToolResult } from "../../src/tools/results/result.ts";
import { createFullSurface } from "../../src/tools/surface/full_surface.ts";
import { endpointOf, parameterOf, writerOf } from "./endpoints.ts";
import { recordingLog } from "./recording_log.ts";

const LIST = endpointOf({ tool: "things_list" }, { list: "items" });
const GET = endpointOf({
  tool: "things_get",
  formerly: ["things_read"],
  path: "/things/{thingId}",
  parameters: [parameterOf("thingId", { in: "path" }), parameterOf("word")],
});
const CREATE = writerOf({ name: { type: "string" } });

/** What most calls of a desk answer. */
export const DONE: ToolResult = { isError: false, value: { status_code: 200, body: {} } };

/** Whoever calls. */
export const CALLER = { client: "test/1" };

/** What a trail and an executor of a test do. */
export interface DeskParts extends Partial<DispatcherOptions> {
  /** Carries calls out. */
  readonly act?: (args: JsonObject, context: ExecutionContext) => Promise<ToolResult>;
  /** What recording answers. */
  readonly warning?: string;
  /** Announcing fails. */
  readonly deaf?: boolean;
  /** The server's own tools. */
  readonly builtIns?: readonly BuiltInTool[];
}

/** A gate that is open. */
const OPEN: WriteGate = { asks: () => false, pass: () => Promise.resolve(undefined) };

/** A change of which nobody looks at the details. */
export const WRITE: PendingWrite = {
  endpoint: CREATE,
  args: {},
  request: { method: "POST", url: new URL("https://webexapis.com/v1/things"), headers: new Headers() },
  warnings: [],
};

/** A dispatcher, and what became of its calls. */
export interface Desk extends Dispatcher {
  /** What happened, in order. */
  readonly events: string[];
  readonly entries: readonly AuditEntry[];
  /** The announcement that each entry came with. */
  readonly announced: readonly (Announcement | undefined)[];
  readonly drafts: readonly AuditDraft[];
  readonly lines: readonly string[];
}

/** Makes a dispatcher of `things_list`, `things_get`, formerly `things_read`, and `things_create`. */
export function deskOf(
  { act = () => Promise.resolve(DONE), warning, deaf = false, builtIns = [], ...rest }: DeskParts = {},
): Desk {
  const events: string[] = [];
  const entries: AuditEntry[] = [];
  const announced: (Announcement | undefined)[] = [];
  const drafts: AuditDraft[] = [];
  const log = recordingLog();
  const dispatcher = createDispatcher({
    surface: createFullSurface({
      catalogue: createCatalogue([LIST, GET, CREATE], "full"),
      builtIns,
      confirmsAll: false,
    }),
    gate: OPEN,
    executor: {
      call: (_, args, context) => act(args, context),
      readOn: () => Promise.reject(new Error("Expected no page")),
    },
    audit: {
      announce(draft) {
        if (deaf) return Promise.reject(new RefusedError("Cannot record the change", { code: "audit_unavailable" }));
        events.push("announced");
        drafts.push(draft);
        return Promise.resolve({ id: "call-1" });
      },
      record(entry, announcement) {
        events.push("recorded");
        entries.push(entry);
        announced.push(announcement);
        return Promise.resolve(warning);
      },
      close: () => Promise.resolve(),
    },
    profile: "main",
    auditValues: false,
    clock: systemClock,
    deadlineMs: 55_000,
    fit: (value) => Promise.resolve(value),
    log,
    ...rest,
  });
  return {
    call: (...all) => dispatcher.call(...all),
    definitions: () => dispatcher.definitions(),
    explain: (tool) => dispatcher.explain(tool),
    settled: () => dispatcher.settled(),
    inFlight: () => dispatcher.inFlight(),
    events,
    entries,
    announced,
    drafts,
    lines: log.lines,
  };
}

/** Notes in a call what the client does when a request leaves. */
export function sending({ trace }: CallContext, status?: number): void {
  trace.attempts++;
  if (status !== undefined) trace.status = status;
  trace.trackingId = "ROUTER_1";
}

/** A tool of the server itself that answers its arguments, or fails on demand. */
export function echo(fail?: Error): BuiltInTool {
  return {
    definition: {
      name: "webex_echo",
      description: "",
      inputSchema: {
        type: "object",
        properties: { count: { type: "integer", minimum: 1, description: "" } },
        required: ["count"],
        additionalProperties: false,
      },
      annotations: { title: "", readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    call: (args) => fail === undefined ? Promise.resolve({ isError: false, value: args }) : Promise.reject(fail),
  };
}

/**
 * People in other roles: those who answer queues, and those who watch over them. They keep their identifiers.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import { parts, text } from "./face.ts";
import type { Item, Store } from "./store.ts";

/** Kinds whose objects are people. */
export const ROLE_KINDS: ReadonlySet<string> = new Set(["agents", "supervisors"]);

/** Someone in a role. */
export interface RoleHolder {
  readonly id: string;
  readonly doc: JsonObject;
}

/**
 * Tells who has a role from the start.
 *
 * @param store The objects, queues among them.
 * @param kind `agents` or `supervisors`.
 * @returns All agents of queues, or the first agent of each queue as the supervisor of the others.
 */
export function roleHolders(store: Store, kind: string): RoleHolder[] {
  const teams = store.ofKind("queues").map((queue: Item) =>
    parts(queue.doc, "agents").map((agent) => text(agent, "id") ?? "")
  );
  if (kind === "agents") return [...new Set(teams.flat())].map((id) => ({ id, doc: {} }));
  return teams.flatMap(([id, ...team]) =>
    id === undefined || team.length === 0 ? [] : [{ id, doc: { agents: team.map((agent) => ({ id: agent })) } }]
  );
}

/**
 * Works out the agents of a supervisor after a change.
 *
 * @param before The agents so far.
 * @param changes Agents, each with the action `ADD` or `DELETE`.
 */
export function changedTeam(before: readonly JsonObject[], changes: readonly JsonObject[]): JsonObject[] {
  const team = new Set(before.map((agent) => text(agent, "id") ?? ""));
  for (const change of changes) {
    const id = text(change, "id") ?? "";
    if (change.action === "DELETE") team.delete(id);
    else team.add(id);
  }
  return [...team].map((id) => ({ id }));
}

import assert from "node:assert/strict";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { isRecord } from "../../src/core/json.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { LegalRequests } from "../sandbox/legal_request.ts";

const NOW = Date.UTC(2026, 5, 17, 15);
const clock = { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() };
const { endpoints } = embeddedCollection();
const byKey = new Map(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));

/** Paths whose reading doesn't repeat what was written, by design of the API. */
const OTHERWISE = /\/(calls|conference|jobs)\/|outgoingPermission\/accessCodes$|^\/people\/\{personId\}$/;

/** Scalars that were written and are not read back the same, though the answer documents them. */
function lost(sent: unknown, received: unknown, reader: Endpoint): string[] {
  if (!isRecord(sent) || !isRecord(received)) return ["the answer is no object"];
  const documented = reader.responses["200"]?.schema;
  const names = new Set(Object.keys(documented?.properties ?? {}));
  return Object.keys(sent).filter((name) => {
    const [wanted, got] = [sent[name], received[name]];
    if (!names.has(name) || typeof wanted === "object" || (typeof got === "object" && got !== null)) return false;
    const choices = documented?.properties?.[name]?.enum;
    return !(choices !== undefined && typeof wanted === "string" && !choices.includes(wanted)) &&
      String(wanted) !== String(got);
  });
}

Deno.test("createSandbox() reads back what was written to every setting", async () => {
  const problems: string[] = [];
  let checked = 0;
  for (const writer of endpoints) {
    const reader = byKey.get(`GET ${writer.path}`);
    if (writer.method !== "PUT" || reader === undefined || writer.body === undefined || OTHERWISE.test(writer.path)) {
      continue;
    }
    const sandbox = createSandbox(endpoints, { clock });
    const request = await new LegalRequests(endpoints, sandbox.fetch, NOW).make(writer);
    const sent: unknown = await request.clone().json();
    const written = await sandbox.fetch(request);
    await written.body?.cancel();
    const answer = await sandbox.fetch(
      new Request(request.url.split("?")[0] ?? "", { headers: { authorization: "Bearer x" } }),
    );
    const missing = lost(sent, await answer.json(), reader);
    checked++;
    if (written.status >= 300 || missing.length > 0) {
      problems.push(`${writer.path}: ${written.status} ${missing.join(", ")}`);
    }
  }
  assert.deepEqual(problems, []);
  assert.ok(checked > 200, `Checked ${checked} settings`);
});

Deno.test("createSandbox() lists, reads and forgets whatever was created", async () => {
  const problems: string[] = [];
  let checked = 0;
  for (const creator of endpoints) {
    const item = endpoints.find((candidate) =>
      candidate.method === "GET" &&
      candidate.path.replace(/\/\{(scheduleType|type)\}/, "").replace(/\/\{[^/]+\}$/, "") === creator.path &&
      candidate.path !== creator.path
    );
    if (
      creator.method !== "POST" || item === undefined || creator.body === undefined ||
      OTHERWISE.test(`${creator.path}/`)
    ) continue;
    const sandbox = createSandbox(endpoints, { clock });
    const request = await new LegalRequests(endpoints, sandbox.fetch, NOW).make(creator);
    const sent: unknown = await request.clone().json();
    const made: unknown = await (await sandbox.fetch(request)).json().catch(() => undefined);
    const id = isRecord(made) ? made.id ?? made.reportId ?? made.dectNetworkId : undefined;
    if (typeof id !== "string") continue;
    checked++;
    const type = /\{(scheduleType|type)\}\/\{[^/]+\}$/.test(item.path) && isRecord(sent) ? `/${String(sent.type)}` : "";
    const url = `${request.url.split("?")[0]}${type}/${encodeURIComponent(id)}`;
    const send = (method: string) =>
      sandbox.fetch(new Request(url, { method, headers: { authorization: "Bearer x" } }));
    const read = await send("GET");
    const missing = lost(sent, await read.json(), item).filter((name) => name !== "id");
    if (read.status !== 200 || missing.length > 0) {
      problems.push(`${creator.path}: ${read.status} ${missing.join(", ")}`);
    }
    if (!byKey.has(`DELETE ${item.path}`)) continue;
    await (await send("DELETE")).body?.cancel();
    const gone = await send("GET");
    await gone.body?.cancel();
    if (gone.status !== 404) problems.push(`${creator.path}: ${gone.status} after DELETE`);
  }
  assert.deepEqual(problems, []);
  assert.ok(checked > 55, `Checked ${checked} collections`);
});

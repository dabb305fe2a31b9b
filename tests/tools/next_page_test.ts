import assert from "node:assert/strict";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import type { Limiter } from "../../src/config/limiter.ts";
import { systemClock } from "../../src/core/clock.ts";
import { RefusedError } from "../../src/core/errors.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import { createSeal } from "../../src/core/seal.ts";
import { checkArguments } from "../../src/tools/check.ts";
import { createNextPage, NEXT_PAGE_TOOL, nextToken, readPageState } from "../../src/tools/next_page.ts";
import type { PagePosition } from "../../src/webex/lists/pages.ts";
import { contextOf } from "../support/calls.ts";
import { endpointOf, writerOf } from "../support/endpoints.ts";

const HOLDER = { owner: "ann", profile: "acme" };
const PURPOSE = JSON.stringify(["next_page", "ann", "acme"]);
const seal = createSeal({ clock: systemClock });
const things = endpointOf({ path: "/things/{thingId}/parts" }, { list: "parts" });
const POSITION: PagePosition = { url: "https://webexapis.com/v1/things/t/parts?cursor=b" };

/** A tool whose list answers what it was asked. */
function toolOf(endpoints: readonly Endpoint[] = [things], baseUrl?: string, by?: Limiter) {
  const { call, definition } = createNextPage({
    holder: HOLDER,
    seal,
    findEndpoint: (tool) => endpoints.find((endpoint) => endpoint.tool === tool),
    absence: () => Promise.resolve(by === undefined ? undefined : { by, text: "for a reason" }),
    baseUrl,
    continueList: (endpoint, position, options) =>
      Promise.resolve({ isError: false, value: { tool: endpoint.tool, position: { ...position }, ...options } }),
  });
  return { definition, call: (args: JsonObject) => call(args, contextOf()) };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof RefusedError, String(error));
  return error.code;
}

Deno.test("createNextPage() reads on where the token leads, with the options of the call", async () => {
  const { call } = toolOf();
  const position = { ...POSITION, skip: 3, seen: "abc", headers: { timezone: "UTC" } };
  const next = await nextToken(seal, HOLDER, things, position);
  const plain = await call({ next });
  assert.deepEqual(plain.value, { tool: things.tool, position, allPages: false });
  const { value } = await call({ next, fields: "parts[].id", all_pages: true, max_items: 7 });
  assert.deepEqual(value, { tool: things.tool, position, fields: "parts[].id", allPages: true, maxItems: 7 });
});

Deno.test("createNextPage() refuses tokens that are none, or of another purpose", async () => {
  const { call } = toolOf();
  const other = await seal.seal("plan", { tool: things.tool, ...POSITION }, 60_000);
  for (const next of ["", "abc", other, 5, null, {}]) assert.equal(await refusal(call({ next })), "bad_token");
  assert.equal(await refusal(call({})), "bad_token");
});

Deno.test("createNextPage() refuses a token that another caller was given, or another profile", async () => {
  for (const other of [{ ...HOLDER, owner: "bob" }, { ...HOLDER, profile: "other" }]) {
    assert.equal(await refusal(toolOf().call({ next: await nextToken(seal, other, things, POSITION) })), "bad_token");
  }
});

Deno.test("createNextPage() names its argument where a token does not open", async () => {
  const { call } = toolOf();
  const expired = await seal.seal(PURPOSE, { tool: things.tool, ...POSITION }, 0);
  await assert.rejects(call({ next: "abc" }), {
    code: "bad_token",
    message: /^Argument "next" is incomplete, changed/,
  });
  await assert.rejects(call({ next: expired }), { code: "expired_token", message: 'Argument "next" has expired' });
});

Deno.test("createNextPage() refuses an address that is not one of the list's", async () => {
  const urls = [
    "https://evil.example/v1/things/t/parts",
    "https://webexapis.com/v1/people",
    "http://webexapis.com/v1/things/t/parts",
  ];
  for (const url of urls) {
    assert.equal(
      await refusal(toolOf().call({ next: await nextToken(seal, HOLDER, things, { url }) })),
      "bad_token",
      url,
    );
  }
  const next = await nextToken(seal, HOLDER, things, POSITION);
  assert.equal(await refusal(toolOf([things], "http://127.0.0.1:8080/v1").call({ next })), "bad_token");
});

Deno.test("createNextPage() never carries out a change", async () => {
  const writer = writerOf({});
  const next = await nextToken(seal, HOLDER, writer, { url: "https://webexapis.com/v1/things" });
  assert.equal(await refusal(toolOf([writer]).call({ next })), "bad_token");
});

Deno.test("createNextPage() refuses a tool that is not available", async () => {
  assert.equal(
    await refusal(toolOf([]).call({ next: await nextToken(seal, HOLDER, things, POSITION) })),
    "unknown_tool",
  );
});

Deno.test("createNextPage() says whether the server lacks a tool or the caller's own access", async () => {
  const next = await nextToken(seal, HOLDER, things, POSITION);
  const message = `Cannot read on: the tool "${things.tool}" is not available`;
  for (const by of [undefined, "server"] as const) {
    await assert.rejects(toolOf([], undefined, by).call({ next }), {
      message,
      guidance: "The server was started with another selection of tools: start it with the feature of that tool.",
    });
  }
  await assert.rejects(toolOf([], undefined, "caller").call({ next }), {
    message,
    guidance: /^Your access here has changed since the list was read: whoever runs .* features, .* of your policy/,
  });
});

Deno.test("createNextPage() defines a tool that reads", () => {
  const { definition } = toolOf();
  assert.equal(definition.name, NEXT_PAGE_TOOL);
  assert.ok(definition.annotations.readOnlyHint);
  assert.deepEqual(
    checkArguments({ next: "a", fields: "b", all_pages: true, max_items: 1 }, definition.inputSchema),
    [],
  );
  assert.equal(checkArguments({ all_pages: true }, definition.inputSchema).length, 1);
});

Deno.test("readPageState() leaves out members of another form, and refuses what has no place", () => {
  const odd: Json = { tool: "t", url: "https://a.example", skip: -1, seen: 5, headers: { a: 1 }, more: true };
  assert.deepEqual(readPageState(odd), { tool: "t", url: "https://a.example" });
  for (
    const payload of [null, "t", [], { tool: "t" }, { tool: 1, url: "https://a.example" }, { tool: "t", url: "no" }]
  ) {
    assert.throws(() => readPageState(payload), RefusedError);
  }
});

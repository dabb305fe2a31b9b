import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import type { Json } from "../../src/core/json.ts";
import { startUpstream, TOKEN } from "../support/process.ts";
import { openSession } from "../support/session.ts";

const PERSON = "people_get_person_details";
const CREATE = "people_create_a_person";
const newPerson = { emails: ["new@example.com"] };
const idOf = (type: string, value: string) => btoa(`ciscospark://us/${type}/${value}`).replace(/=+$/, "");
const UUID = "11111111-2222-4333-8444-555555555555";

interface Shape {
  readonly name: string;
  readonly body?: Json;
  readonly text?: string;
  readonly code?: string;
  readonly message: string;
  readonly trackingId?: string;
}

const SHAPES: readonly Shape[] = [
  {
    name: "a message and errors with codes",
    body: { message: "General", errors: [{ description: "Special", errorCode: 25008 }], trackingId: "T_a" },
    code: "25008",
    message: "General (Special)",
  },
  {
    name: "a code beside the message",
    body: { errorCode: 4404, message: "No such thing", trackingId: "T_b" },
    code: "4404",
    message: "No such thing",
  },
  {
    name: "an error of a job",
    body: {
      error: { key: "409", message: [{ code: "1026006", description: "Number is in use" }] },
      item: "+15125550122",
    },
    code: "1026006",
    message: "Number is in use",
  },
  {
    name: "a list of errors",
    body: { error: [{ code: "BATCH-400", message: "Refused" }] },
    code: "BATCH-400",
    message: "Refused",
  },
  {
    name: "errors without a message",
    body: { errors: [{ description: "Mode is in use" }] },
    message: "Mode is in use",
  },
  { name: "a reason", body: { failureReason: "Calling is not enabled" }, message: "Calling is not enabled" },
  {
    name: "JSON within a text",
    body: { message: '{"errors":[{"errorCode":"5600","description":"Prefix is taken"}]}' },
    code: "5600",
    message: "Prefix is taken",
  },
  { name: "a bare list", body: [{ code: "19601", message: "Not movable" }], code: "19601", message: "Not movable" },
  {
    name: "a gateway's page",
    text: "<html><head><style>p{color:red}</style></head><body><h1>Bad   Gateway</h1></body></html>",
    message: "Bad Gateway",
  },
  { name: "nothing", text: "", message: "Webex answered 409 without a message" },
];

Deno.test("every form of an error comes as code, message, details and tracking id, with guidance", async (t) => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (const { name, body, text, code = "http_409", message } of SHAPES) {
    await t.step(name, async () => {
      const fault = body === undefined ? { text: text ?? "" } : { body };
      upstream.sandbox.faults.add({ status: 409, times: 1, ...fault, headers: { trackingid: "ROUTER_1" } });
      const { isError, value } = await session.call(CREATE, newPerson);
      assert.equal(isError, true);
      assert.equal(value.status_code, 409);
      assert.equal(value.tracking_id, "ROUTER_1");
      assert.deepEqual([value.error.code, value.error.message], [code, message]);
      assert.deepEqual(Object.keys(value.error), ["code", "message", "details"]);
      assert.deepEqual(value.error.details, body ?? null);
      assert.equal(typeof value.guidance, "string");
    });
  }
});

for (
  const [tracking, codes] of [["TRACKINGID", "CISCO-SPARK-ERROR-CODES"], ["TrackingID", "Cisco-Spark-Error-Codes"]]
) {
  Deno.test(`the headers ${tracking} and ${codes} are read, and a 502 with a code is a refusal`, async () => {
    let received = 0;
    const server = createServer((_, answer) => {
      received++;
      answer.writeHead(502, { [tracking ?? ""]: "NA_42", [codes ?? ""]: "4251, 25008" }).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    try {
      const port = typeof address === "object" ? address?.port : undefined;
      await using session = await openSession(`http://127.0.0.1:${port}`);
      const args = { locationId: "L", phoneNumbers: ["+15125550101"] };
      const { value } = await session.call("numbers_remove_phone_numbers_from_a_location", args);
      assert.equal(received, 1);
      assert.deepEqual([value.tracking_id, value.error.code], ["NA_42", "4251"]);
      assert.match(value.guidance, /number to remove does not exist/);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
}

Deno.test("without a header the tracking id is taken from the body", async () => {
  const upstream = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => Response.json({ message: "No", trackingId: "BODY_7" }, { status: 400 }),
  );
  {
    await using session = await openSession(`http://127.0.0.1:${upstream.addr.port}`);
    assert.equal((await session.call("people_list_people")).value.tracking_id, "BODY_7");
  }
  await upstream.shutdown();
});

const ADVICE: readonly (readonly [string, string, Record<string, unknown>, number, RegExp])[] = [
  ["4008", "me_get_my_own_details", {}, 404, /no Webex Calling licence.*operation for administrators/],
  ["4003", PERSON, { personId: "x" }, 403, /may not act on this user/],
  ["25008", CREATE, newPerson, 400, /required field is missing/],
  [
    "25409",
    "workspace_update_do_not_disturb_settings",
    { workspaceId: "x", enabled: true },
    405,
    /Professional licence/,
  ],
  ["27349", "call_routing_delete_a_trunk", { trunkId: "x" }, 409, /trunk is still in use/],
  ["5675", "devices_create_a_device_by_mac_address", { mac: "00005E0053B4", model: "x" }, 400, /belongs to a device/],
  ["9601", PERSON, { personId: "x" }, 403, /user's own token/],
  ["ERR.V.TRM.TMN60004", CREATE, newPerson, 400, /integrated PSTN/],
  ["400112", CREATE, newPerson, 400, /licence could not be assigned/],
];

Deno.test("known codes come with advice of their own, and statuses without a code with that of the status", async (t) => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (const [code, tool, args, status, advice] of ADVICE) {
    await t.step(`${tool}: ${code}`, async () => {
      upstream.sandbox.faults.add({
        status,
        times: 1,
        body: { message: "No", errors: [{ description: "No", errorCode: code }] },
      });
      const { value } = await session.call(tool, args);
      assert.equal(value.error.code, code);
      assert.match(value.guidance, advice);
    });
  }
  for (
    const [status, advice] of [[400, /tool's schema/], [404, /ids/], [405, /licence/], [500, /try again/]] as const
  ) {
    await t.step(`${status}`, async () => {
      upstream.sandbox.faults.add({ status, times: 1 });
      assert.match((await session.call(PERSON, { personId: "x" })).value.guidance, advice);
    });
  }
});

Deno.test("a change that Webex made in part tells which parts failed", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const body = {
    items: [{ id: "p1", result: { status: 200 } }, { id: "p2", result: { status: 409, error: { message: "Taken" } } }],
  };
  upstream.sandbox.faults.add({ status: 206, body });
  const { isError, value } = await session.call(CREATE, newPerson);
  assert.deepEqual([isError, value.status_code, value.warnings], [false, 206, ["Not done: p2: Taken"]]);
});

Deno.test("a web page with status 200 is no answer, and leaves a change in doubt", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  upstream.sandbox.faults.add({ status: 200, text: "<html><title>Sign in</title></html>" });
  const { isError, value } = await session.call(CREATE, newPerson);
  assert.deepEqual([isError, value.error.code, value.outcome_unknown], [true, "unexpected_answer", true]);
  assert.equal(value.check_with.tool, "people_list_people");
});

Deno.test("a 403 names the scope and role that are needed, and what the token's owner has", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const role = idOf("ROLE", "id_readonly_admin");
  upstream.sandbox.faults.add(
    { path: "/people/me", body: { id: "x", displayName: "Rae Only", roles: [role] } },
    { status: 403, path: "/telephony/*" },
  );
  const refused = () => session.call("call_routing_delete_a_trunk", { trunkId: "x" });
  const { value } = await refused();
  assert.match(
    value.guidance,
    /^Use a token that has the scope spark-admin:telephony_config_write and belongs to a full administrator/,
  );
  assert.match(
    value.guidance,
    /The token's owner Rae Only .*has the role "Read-Only Administrator" and lacks a role that may do this\.$/,
  );
  await refused();
  const asked = () => upstream.sandbox.requests.entries.filter(({ path }) => path === "/people/me").length;
  assert.equal(asked(), 1, "the owner is asked for once");
});

Deno.test("a 403 has its advice also where nothing is known of the owner, and only a 403 asks for the owner", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  upstream.sandbox.faults.add({ status: 404, method: "DELETE", times: 1 }, { status: 403 });
  await session.call("call_routing_delete_a_trunk", { trunkId: "x" });
  assert.equal(upstream.sandbox.requests.entries.length, 1);
  const { value } = await session.call("call_routing_delete_a_trunk", { trunkId: "x" });
  assert.match(value.guidance, /scope spark-admin:telephony_config_write/);
});

Deno.test("a 401 says how to renew the token of the environment, and is not repeated", async () => {
  await using upstream = await startUpstream();
  upstream.sandbox.grants.revoke(TOKEN);
  await using session = await openSession(upstream.url);
  const { isError, value } = await session.call("people_list_people");
  assert.deepEqual([isError, value.status_code], [true, 401]);
  assert.match(value.guidance, /WEBEX_ACCESS_TOKEN.*restart/);
  assert.equal(upstream.sandbox.requests.entries.length, 1);
});

const WRONG_IDS: readonly (readonly [string, Record<string, unknown>, string, RegExp])[] = [
  [PERSON, { personId: idOf("LOCATION", UUID) }, "personId", /is a LOCATION id: expected a person's \(PEOPLE\)/],
  ["people_list_people", { locationId: idOf("PEOPLE", UUID) }, "locationId", /is a PEOPLE id: expected .*\(LOCATION\)/],
  [
    CREATE,
    { ...newPerson, locationId: idOf("CALL_QUEUE", UUID) },
    "locationId",
    /is a CALL_QUEUE id: expected .*\(LOCATION\)/,
  ],
  ["people_list_people", { orgId: `${idOf("PLACE", UUID)}==` }, "orgId", /is a PLACE id: expected .*\(ORGANIZATION\)/],
];

Deno.test("an id of the wrong kind is refused with the kind that is expected, and nothing is sent", async (t) => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (const [tool, args, argument, message] of WRONG_IDS) {
    await t.step(`${tool} ${argument}`, async () => {
      const { isError, value } = await session.call(tool, args);
      assert.deepEqual([isError, value.error.code, value.error.details[0].argument], [true, "wrong_id", argument]);
      assert.match(value.error.message, message);
      assert.match(value.guidance, /^Nothing was sent\. .*--id-check warn/);
    });
  }
  assert.equal(upstream.sandbox.requests.entries.length, 0);
  // What doesn't tell its kind passes.
  assert.equal((await session.call(PERSON, { personId: "bare" })).value.status_code, 404);
});

Deno.test("with --id-check warn such an id is sent with a warning, and the log names the argument without its value", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--id-check", "warn"] });
  const personId = idOf("LOCATION", UUID);
  upstream.sandbox.faults.add({ body: { ok: true } });
  const { value } = await session.call(PERSON, { personId });
  assert.equal(value.status_code, 200);
  assert.match(value.warnings[0], /"personId" is a LOCATION id/);
  assert.equal(upstream.sandbox.requests.entries[0]?.path, `/people/${personId}`);
  await session.end();
  assert.match(
    session.stderr(),
    /^WARNING: Sending GET \/people\/\{personId\} although arguments do not fit: "personId"$/m,
  );
  assert.ok(!session.stderr().includes(personId));
});

Deno.test("with a pinned organization an id of another one is refused, and its own is put in", async () => {
  const config = await Deno.makeTempFile({ suffix: ".yaml" });
  const [own, other] = [idOf("ORGANIZATION", UUID), idOf("ORGANIZATION", UUID.replace("1", "9"))];
  await Deno.writeTextFile(config, `profiles:\n  one:\n    organization: ${own}\n`);
  try {
    await using upstream = await startUpstream();
    await using session = await openSession(upstream.url, { flags: ["--config", config, "--profile", "one"] });
    const { value } = await session.call("people_list_people", { orgId: other });
    assert.deepEqual([value.error.code, value.error.details[0].argument], ["wrong_organization", "orgId"]);
    assert.match(value.error.message, /another organization/);
    assert.equal(upstream.sandbox.requests.entries.length, 0);
    await session.call("people_list_people");
    assert.deepEqual(upstream.sandbox.requests.entries[0]?.query.orgId, [own]);
  } finally {
    await Deno.remove(config);
  }
});

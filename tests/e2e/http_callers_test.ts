import assert from "node:assert/strict";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";
import { HTTP_CLIENTS } from "../support/http_clients.ts";
import { modernMessage } from "../support/http_messages.ts";
import { startHttp } from "../support/http_process.ts";
import { runMain, startUpstream, TOKEN } from "../support/process.ts";

/** A directory for one test. */
async function withDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Makes a caller, and gives its token. */
async function tokenFor(callers: string, name: string, ...flags: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runMain(["token", "create", name, "--callers", callers, ...flags]);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

// deno-lint-ignore no-explicit-any -- results are looked into freely
async function call(url: string, token: string, name: string, args: Record<string, unknown> = {}): Promise<any> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, modernMessage("tools/call", { name, arguments: args }, headers));
  const { result, error } = await response.json();
  return {
    status: response.status,
    headers: response.headers,
    error,
    value: result && JSON.parse(result.content[0].text),
  };
}

Deno.test("callers see and do what their policies allow, under their own names, and no token goes to Webex", async () => {
  await withDirectory(async (directory) => {
    const callers = `${directory}/callers.json`;
    const audit = `${directory}/audit.jsonl`;
    const [ann, bob, eve] = [
      await tokenFor(callers, "ann"),
      await tokenFor(callers, "bob", "--read-only", "--features", "People"),
      await tokenFor(callers, "eve", "--rate", "6", "--burst", "2"),
    ];
    const heard: string[] = [];
    const sandbox = createSandbox(embeddedCollection().endpoints);
    const upstream = await serveSandbox({
      ...sandbox,
      fetch(request) {
        heard.push(JSON.stringify([...request.headers, request.url]));
        return sandbox.fetch(request);
      },
    });
    await using server = await startHttp({ upstream: upstream.url, flags: ["--callers", callers, "--audit", audit] });
    for (const { connect } of HTTP_CLIENTS) {
      await using client = await connect(server.url, { token: bob });
      const tools = await client.list();
      assert.ok(tools.length > 5 && tools.every((name) => /^(?:people|webex)_/.test(name)));
      assert.equal(tools.includes("people_create_a_person"), false);
    }
    const created = await call(server.url, ann, "people_create_a_person", {
      emails: ["a@example.com"],
      displayName: "A",
    });
    assert.equal(created.value.status_code, 200, JSON.stringify(created));
    assert.equal((await call(server.url, bob, "people_create_a_person", {})).error.code, -32602);

    const wait = [await call(server.url, eve, "people_list_people"), await call(server.url, eve, "people_list_people")];
    assert.deepEqual(wait.map(({ status }) => status), [200, 200]);
    const limited = await fetch(server.url, modernMessage("tools/list", {}, { authorization: `Bearer ${eve}` }));
    assert.equal(limited.status, 429);
    assert.match(limited.headers.get("retry-after") ?? "", /^(?:[1-9]|10)$/);
    await limited.body?.cancel();

    assert.ok(heard.length > 0);
    for (const headers of heard) assert.equal(headers.includes("wxm_"), false, headers);
    for (
      const [method, params] of [["tools/list", {}], ["resources/read", { uri: "webex://features/people" }]] as const
    ) {
      const kept = await fetch(server.url, modernMessage(method, params, { authorization: `Bearer ${bob}` }));
      assert.equal((await kept.json()).result.cacheScope, "private", method);
    }
    assert.equal(await server.end(), 0);
    await upstream.close();
    const text = await Deno.readTextFile(audit);
    const lines = text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
    assert.ok(
      lines.some(({ caller, tool, outcome }) =>
        caller === "ann" && tool === "people_create_a_person" && outcome === "ok"
      ),
    );
    for (const secret of [ann, bob, eve, TOKEN]) {
      assert.equal(text.includes(secret), false);
      assert.equal(server.log().includes(secret), false);
    }
  });
});

Deno.test("without a token nobody gets in, and a token that was revoked lets nobody in any more", async () => {
  await withDirectory(async (directory) => {
    const callers = `${directory}/callers.json`;
    const ann = await tokenFor(callers, "ann");
    await using server = await startHttp({ flags: ["--callers", callers, "--tools", "discover"] });
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(server.url, modernMessage("tools/list", {}, headers));
      await response.body?.cancel();
      return response;
    };
    const without = await ask({});
    assert.equal(without.status, 401);
    assert.equal(without.headers.get("www-authenticate"), 'Bearer realm="webex-calling-mcp"');
    for (const authorization of ["Bearer x", `Bearer ${ann}x`, `Basic ${ann}`, "Bearer", TOKEN]) {
      assert.equal((await ask({ authorization })).status, 401, authorization);
    }
    assert.equal((await ask({ authorization: `Bearer ${ann}` })).status, 200);
    const metadata = await fetch(new URL("/.well-known/oauth-protected-resource/mcp", server.url));
    assert.equal(metadata.status, 404);
    await metadata.body?.cancel();
    await runMain(["token", "revoke", "ann", "--callers", callers]);
    server.child.kill("SIGHUP");
    await server.logged("Read the configuration anew");
    assert.equal((await ask({ authorization: `Bearer ${ann}` })).status, 401);
  });
});

Deno.test("who misses a tool learns whether the server lacks it for all or the caller's own policy", async () => {
  await withDirectory(async (directory) => {
    const callers = `${directory}/callers.json`;
    const [ann, bob, eve] = [
      await tokenFor(callers, "ann"),
      await tokenFor(callers, "bob", "--read-only", "--features", "People"),
      await tokenFor(callers, "eve", "--read-only", "--tools", "discover"),
    ];
    const why = async (url: string, token: string, name: string): Promise<string> =>
      (await call(url, token, name)).error.message;
    const prompt = async (url: string, token: string): Promise<string> => {
      const message = modernMessage("prompts/get", { name: "onboard_user" }, { authorization: `Bearer ${token}` });
      return (await (await fetch(url, message)).json()).error.message;
    };
    const [create, list] = ["people_create_a_person", "locations_list_locations"];
    {
      await using server = await startHttp({ flags: ["--callers", callers, "--features", "People,Locations"] });
      assert.match(
        await why(server.url, bob, create),
        /your access here is read-only, .* whoever runs the server can change that by read_only, .* file of callers/,
      );
      assert.match(await why(server.url, bob, list), /your access here leaves it out; its feature is "Locations"/);
      for (const token of [ann, bob]) {
        const nobody = await why(server.url, token, "hunt_group_read_the_list_of_hunt_groups");
        assert.match(nobody, /this server was started with a selection of tools that leaves it out/);
      }
      assert.match(await why(server.url, eve, "webex_write"), /"webex_write" is not available: your access here/);
      const { value } = await call(server.url, eve, "webex_describe", { tool: create });
      assert.match(value.error.message, /your access here is read-only/);
    }
    await using open = await startHttp({ flags: ["--callers", callers] });
    assert.match(await prompt(open.url, bob), /it needs tools that your access here leaves out/);
    await using server = await startHttp({ flags: ["--callers", callers, "--read-only"] });
    for (const token of [ann, bob]) {
      const nobody = await why(server.url, token, create);
      assert.match(nobody, /this server was started read-only, and that tool changes something$/);
      assert.match(await prompt(server.url, token), /tools that this server was started without/);
    }
    assert.match(await why(server.url, eve, "webex_write"), /this server was started read-only$/);
  });
});

Deno.test("a caller can neither read another's results nor use its plans and pages", async () => {
  await withDirectory(async (directory) => {
    const callers = `${directory}/callers.json`;
    const [ann, bob] = [await tokenFor(callers, "ann"), await tokenFor(callers, "bob")];
    await using upstream = await startUpstream();
    await using server = await startHttp({
      upstream: upstream.url,
      flags: ["--callers", callers, "--max-result", "1000"],
      env: { WEBEX_MCP_CONFIRM: "destructive" },
    });
    const long = await call(server.url, ann, "people_list_people", { all_pages: true });
    const { result } = long.value.truncated;
    assert.equal((await call(server.url, ann, "webex_result", { result })).value.error, undefined);
    assert.equal((await call(server.url, bob, "webex_result", { result })).value.error.code, "unknown_result");
    const { value: { next } } = await call(server.url, ann, "people_list_people", { max: 1 });
    assert.equal((await call(server.url, bob, "webex_next_page", { next })).value.error.code, "bad_token");
    assert.equal((await call(server.url, ann, "webex_next_page", { next })).value.status_code, 200);
    const groups = await call(server.url, ann, "hunt_group_read_the_list_of_hunt_groups", { max: 1 });
    const [{ id: huntGroupId, locationId }] = groups.value.body.huntGroups;
    const args = { huntGroupId, locationId };
    const { value: { plan_id } } = await call(server.url, ann, "hunt_group_delete_a_hunt_group", args);
    const stolen = await call(server.url, bob, "hunt_group_delete_a_hunt_group", { ...args, plan_id });
    assert.equal(stolen.value.error.code, "other_plan", JSON.stringify(stolen));
    const own = await call(server.url, ann, "hunt_group_delete_a_hunt_group", { ...args, plan_id });
    assert.equal(own.value.status_code, 204, JSON.stringify(own));
  });
});

Deno.test("no caller gets at a file of the server by an upload", async () => {
  await using server = await startHttp({ flags: ["--tools", "discover"] });
  const tool = "me_upload_voicemail_busy_greeting";
  const { value } = await call(server.url, "", "webex_write", { tool, arguments: { file: { path: "/etc/passwd" } } });
  assert.equal(value.error.code, "no_local_files", JSON.stringify(value));
  assert.match(value.guidance, /base64/);
});

/** An issuer of tokens on loopback. */
async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk = { ...await exportJWK(publicKey), kid: "one", alg: "ES256" };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request): Response => {
    const { pathname, origin: issuer } = new URL(request.url);
    if (pathname === "/keys") return Response.json({ keys: [jwk] });
    if (pathname.startsWith("/.well-known/oauth-authorization-server")) {
      return Response.json({ issuer, jwks_uri: `${issuer}/keys` });
    }
    return new Response(null, { status: 404 });
  });
  const issuer = `http://127.0.0.1:${server.addr.port}`;
  const sign = (claims: Record<string, unknown>, typ = "at+jwt", end = "5m") =>
    new SignJWT({ aud: "https://mcp.example.com/mcp", ...claims }).setProtectedHeader({ alg: "ES256", kid: "one", typ })
      .setIssuer(issuer).setSubject("00u1").setIssuedAt().setExpirationTime(end).sign(privateKey);
  return { issuer, sign, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("access tokens of an issuer let callers in, by its rules, and a change without its scope is challenged", async () => {
  await withDirectory(async (directory) => {
    await using issuer = await startIssuer();
    const config = `${directory}/config.yaml`;
    await Deno.writeTextFile(
      config,
      `profiles: { acme: {} }
http:
  public_url: https://mcp.example.com/mcp
  oauth:
    issuer: ${issuer.issuer}
    audience: https://mcp.example.com/mcp
    callers:
      - when: { groups: admins }
      - when: { groups: helpdesk }
        features: [People]
`,
    );
    await using upstream = await startUpstream();
    await using server = await startHttp({
      upstream: upstream.url,
      flags: ["--config", config, "--profile", "acme"],
    });
    const admin = await issuer.sign({ scope: "webex:read webex:write", groups: ["admins"] });
    const reader = await issuer.sign({ scope: "webex:read", groups: ["admins"] });
    const helpdesk = await issuer.sign({ scope: "webex:read webex:write", groups: ["helpdesk"] });
    const stranger = await issuer.sign({ scope: "webex:read", groups: ["others"] });
    const person = { emails: ["a@example.com"], displayName: "A" };

    assert.equal((await call(server.url, admin, "people_create_a_person", person)).value.status_code, 200);
    assert.equal((await call(server.url, reader, "people_list_people")).value.status_code, 200);
    const headers = { authorization: `Bearer ${reader}` };
    const params = { name: "people_create_a_person", arguments: person };
    const challenged = await fetch(server.url, modernMessage("tools/call", params, headers));
    assert.equal(challenged.status, 403);
    const challenge = challenged.headers.get("www-authenticate") ?? "";
    assert.match(challenge, /error="insufficient_scope".*scope="webex:read webex:write"/);
    assert.match(
      challenge,
      /resource_metadata="https:\/\/mcp\.example\.com\/\.well-known\/oauth-protected-resource\/mcp"/,
    );
    await challenged.body?.cancel();
    assert.equal((await call(server.url, helpdesk, "locations_list_locations")).error.code, -32602);
    const turnedAway = await fetch(
      server.url,
      modernMessage("tools/list", {}, { authorization: `Bearer ${stranger}` }),
    );
    assert.equal(turnedAway.status, 403);
    await turnedAway.body?.cancel();

    const metadata = await fetch(new URL("/.well-known/oauth-protected-resource/mcp", server.url));
    const { resource, authorization_servers: servers } = await metadata.json();
    assert.deepEqual([resource, servers], ["https://mcp.example.com/mcp", [issuer.issuer]]);
    const refused = [
      ["expired", "The token has expired", await issuer.sign({}, "JWT", "5m ago")],
      ["wrong_audience", "The token is not valid here", await issuer.sign({ aud: "https://planted.example.com" })],
      ["id_token", "The token is not valid here", await issuer.sign({ nonce: "planted" }, "JWT")],
      [
        "token_too_long",
        "Expected a bearer token of at most 8192 characters, got 9000",
        admin.padEnd(9_000, "A"),
      ],
    ] as const;
    for (const [reason, description, token] of refused) {
      const answer = await fetch(server.url, modernMessage("tools/list", {}, { authorization: `Bearer ${token}` }));
      assert.equal(answer.status, 401, reason);
      assert.equal((await answer.json()).error_description, description);
      await server.logged(`, refused: ${reason}`);
      assert.equal(server.log().includes(token), false);
    }
    assert.match(server.log(), /HTTP: 403 POST \/mcp tools\/call by oauth:00u1, \d+ ms, refused: no_scope/);
    assert.match(server.log(), /HTTP: 403 POST \/mcp, \d+ ms, refused: no_rule/);
    assert.equal(server.log().includes("planted"), false);
    assert.equal(server.log().includes(admin), false);
    assert.match(server.log(), /by oauth:00u1/);
  });
});

Deno.test("a file of callers that breaks is told by /readyz and in the metrics, and who is known is served on", async () => {
  await withDirectory(async (directory) => {
    const callers = `${directory}/callers.json`;
    const ann = await tokenFor(callers, "ann");
    await using server = await startHttp({ flags: ["--callers", callers, "--tools", "discover", "--metrics", "0"] });
    await server.logged("Showing metrics at ");
    const [, metrics = ""] = /Showing metrics at (\S+)/.exec(server.log()) ?? [];
    const statusWith = async (token: string) => {
      const response = await fetch(server.url, modernMessage("tools/list", {}, { authorization: `Bearer ${token}` }));
      await response.body?.cancel();
      return response.status;
    };
    const seen = async () => {
      const ready = await fetch(new URL("/readyz", server.url));
      const { callers: check } = (await ready.json()).checks;
      const gauge = /^webex_mcp_callers_file_ok (\d)$/m.exec(await (await fetch(metrics)).text())?.[1];
      return [ready.status, check.note, gauge];
    };
    /** The server looks at the file every two seconds. */
    const seenSoon = async (note: string) => {
      const deadline = Date.now() + 10_000;
      let last = await seen();
      while (last[1] !== note && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        last = await seen();
      }
      return last;
    };
    assert.deepEqual(await seen(), [200, undefined, "1"]);
    await Deno.writeTextFile(callers, "{");
    const unusable = "file unusable, those of before stay";
    assert.deepEqual(await seenSoon(unusable), [200, unusable, "0"]);
    assert.equal(await statusWith(ann), 200);
    await Deno.remove(callers);
    assert.deepEqual(await seenSoon("no file"), [200, "no file", "0"]);
    assert.equal(await statusWith(ann), 401);
  });
});

import assert from "node:assert/strict";
import { runHealth } from "../../src/cli/health.ts";
import { fakeSystem } from "../support/fake_system.ts";

async function asked(
  answer: (url: string) => Response | Promise<Response>,
  command: { url?: string; ready?: boolean } = {},
  environment = {},
) {
  const urls: string[] = [];
  const system = fakeSystem({
    environment,
    fetch: async (request) => {
      urls.push(request.url);
      return await answer(request.url);
    },
  });
  const code = await runHealth({ command: "health", ready: false, ...command }, system);
  return { code, out: system.out(), urls };
}

Deno.test("runHealth() asks the server of this machine, at the port that the environment names", async () => {
  const well = () => Response.json({ status: "ok" });
  assert.deepEqual(await asked(well), {
    code: 0,
    out: "200 http://127.0.0.1:8080/healthz\n",
    urls: ["http://127.0.0.1:8080/healthz"],
  });
  const at = async (environment: Record<string, string>) => (await asked(well, {}, environment)).urls[0];
  assert.equal(await at({ WEBEX_MCP_HTTP: "0.0.0.0:9000" }), "http://127.0.0.1:9000/healthz");
  assert.equal(await at({ WEBEX_MCP_HTTP: "[::]:9000" }), "http://[::1]:9000/healthz");
  assert.equal(await at({ WEBEX_MCP_HTTP: "9000", WEBEX_MCP_TLS_CERT: "c" }), "https://127.0.0.1:9000/healthz");
  assert.equal((await asked(well, { url: "http://10.0.0.1:1/mcp", ready: true })).urls[0], "http://10.0.0.1:1/readyz");
});

Deno.test("runHealth() says what is wrong, and ends with 1", async () => {
  const checks = { store: { ok: false, note: "unreachable" }, credential: { ok: true } };
  const ill = await asked(() => Response.json({ checks }, { status: 503 }), { ready: true });
  assert.deepEqual([ill.code, ill.out], [1, "503 http://127.0.0.1:8080/readyz (store: unreachable)\n"]);
  const tolerated = { callers: { ok: false, tolerated: true, note: "no file" } };
  const limping = await asked(() => Response.json({ checks: tolerated }), { ready: true });
  assert.deepEqual([limping.code, limping.out], [0, "200 http://127.0.0.1:8080/readyz (callers: no file)\n"]);
  const absent = await asked(() => Promise.reject(new TypeError("connection refused")));
  assert.deepEqual([absent.code, absent.out], [1, "Cannot reach http://127.0.0.1:8080/healthz: nobody answers\n"]);
  const denied = await asked(() => Promise.reject(new Deno.errors.NotCapable("net")));
  assert.match(denied.out, /add --allow-net=127\.0\.0\.1:8080/);
  await assert.rejects(asked(() => new Response(), { url: "nonsense" }), /^UsageError: Cannot use --url/);
});

import assert from "node:assert/strict";
import { connect as connectTls } from "node:tls";
import { modernMessage } from "../support/http_messages.ts";
import { startHttp } from "../support/http_process.ts";
import { MAIN, runMain, start, startUpstream } from "../support/process.ts";
import { selfSigned } from "../support/certificates.ts";

async function toolsAt(url: string): Promise<string[]> {
  const { result } = await (await fetch(url, modernMessage("tools/list"))).json();
  return result.tools.map(({ name }: { name: string }) => name);
}

Deno.test("SIGHUP takes a new configuration, and keeps the old one where the new one is wrong", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const config = `${directory}/config.yaml`;
    const write = (text: string) => Deno.writeTextFile(config, `profiles:\n  acme:\n    ${text}\n`);
    await write("features: [People]");
    await using upstream = await startUpstream();
    await using server = await startHttp({
      upstream: upstream.url,
      flags: ["--config", config, "--profile", "acme"],
    });
    const before = await toolsAt(server.url);
    assert.ok(before.every((name) => name.startsWith("people_") || name.startsWith("webex_")));
    await write("features: [Peeple]");
    server.child.kill("SIGHUP");
    await server.logged("ERROR: Kept the configuration: Cannot find feature");
    assert.deepEqual(await toolsAt(server.url), before);
    await write("{ features: [Locations], read_only: true }");
    server.child.kill("SIGHUP");
    await server.logged("Read the configuration anew");
    const after = await toolsAt(server.url);
    assert.ok(after.includes("locations_list_locations") && !after.includes("people_list_people"));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

/** The name that the certificate of an address is for. */
async function subjectAt(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false });
  socket.once("secureConnect", () => resolve(String(socket.getPeerCertificate().subject.CN)));
  socket.once("error", reject);
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

Deno.test("TLS: a new certificate is taken without a restart, and one that doesn't fit isn't", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const files = { cert: `${directory}/tls.crt`, key: `${directory}/tls.key` };
    const [first, second] = [await selfSigned("first.test"), await selfSigned("second.test")];
    await Deno.writeTextFile(files.cert, first.cert);
    await Deno.writeTextFile(files.key, first.key);
    await using server = await startHttp({ flags: ["--tls-cert", files.cert, "--tls-key", files.key] });
    assert.match(server.url, /^https:/);
    assert.equal(await subjectAt(server.url), "first.test");
    await Deno.writeTextFile(files.cert, second.cert);
    server.child.kill("SIGHUP");
    await server.logged("Kept the certificate: Cannot use certificate");
    assert.equal(await subjectAt(server.url), "first.test");
    await Deno.writeTextFile(files.key, second.key);
    server.child.kill("SIGHUP");
    await server.logged("Took the new certificate");
    assert.equal(await subjectAt(server.url), "second.test");
    assert.equal(server.log().includes("PRIVATE KEY"), false);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("serve --http refuses to stand open to other machines, with the reason", async () => {
  const cases: [string[], RegExp][] = [
    [
      ["0.0.0.0:0"],
      /Cannot serve on 0\.0\.0\.0:0: other machines can reach it, so it needs callers to tell apart .* and the names/,
    ],
    [["[::]:0", "--allowed-hosts", "mcp.example.com"], /so it needs callers to tell apart \(/],
    [["nonsense"], /Cannot use --http "nonsense": expected \[HOST:\]PORT/],
    [["127.0.0.1:0", "--tls-cert", "x"], /--tls-cert is given and --tls-key is not/],
    [["0", "--store", "redis://:pass@127.0.0.1"], /Cannot use --store: it holds a password/],
    [["0", "--store", "redis://127.0.0.1"], /Cannot use --store without --key-file/],
    [["0", "--trusted-proxies", "proxy.example"], /Cannot trust proxy/],
  ];
  for (const [flags, message] of cases) {
    const { code, stderr, stdout } = await runMain(["serve", "--sandbox", "--http", ...flags]);
    assert.equal(code, 2, flags.join(" "));
    assert.match(stderr, message);
    assert.equal(stdout, "");
    assert.equal(stderr.includes("pass@"), false);
  }
});

Deno.test("serve --http names the permission that an address lacks, and says that one is in use", async () => {
  const refused = async (set: string, ...flags: readonly string[]) => {
    const args = ["run", "--quiet", "--no-prompt", set, MAIN, "serve", "--sandbox", ...flags];
    const { code, stderr } = await start(args).finish();
    assert.equal(code, 2, stderr);
    return stderr;
  };
  assert.match(
    await refused("-P=serve", "--http", "8943"),
    /Cannot listen on 127\.0\.0\.1:8943: .*permission[^]*-P=http/,
  );
  assert.match(await refused("-P=http", "--http", "0", "--metrics", "0.0.0.0:9464"), /--allow-net=0\.0\.0\.0:9464/);
  await using server = await startHttp({ flags: ["--tools", "discover"] });
  const { host } = new URL(server.url);
  assert.match(await refused("-P=http", "--http", host), /the address is in use/);
  assert.match(await refused("-P=http", "--http", "0", "--metrics", host), /the address is in use/);
});

Deno.test("serve --http refuses to start where it can't tell who may call", async () => {
  const home = await Deno.makeTempDir();
  try {
    const env = { XDG_CONFIG_HOME: `${home}/config`, XDG_STATE_HOME: `${home}/state` };
    const serve = (...read: readonly string[]) =>
      start(["run", "--quiet", "--no-prompt", "-P=http", ...read, MAIN, "serve", "--http", "0"], env).finish();
    const nothing = await serve();
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /Cannot read ".*config\.yaml".*permission/);
    const half = await serve(`--allow-read=${home}/config`);
    assert.equal(half.code, 2);
    assert.match(half.stderr, /Cannot tell whether there is a file of callers at .*\n.*--allow-read=/);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

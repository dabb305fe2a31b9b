import assert from "node:assert/strict";
import fc from "fast-check";
import { RefusedError } from "../../../src/core/errors.ts";
import type { Json } from "../../../src/core/json.ts";
import { type FileRule, readUpload } from "../../../src/webex/requests/upload.ts";

const RULE: FileRule = { name: "file" };
const BYTES = new Uint8Array([1, 2, 3]);
const BASE64 = BYTES.toBase64();

function upload(value: Json, rule: Partial<FileRule> = {}): Promise<File> {
  return readUpload({ ...RULE, ...rule }, value, (path) => {
    if (path.startsWith("/secret")) return Promise.reject(new Deno.errors.NotCapable("Requires read access"));
    return path === "/none" ? Promise.reject(new Deno.errors.NotFound(path)) : Promise.resolve(BYTES);
  });
}

async function message(value: Json, rule: Partial<FileRule> = {}): Promise<string> {
  const error: unknown = await upload(value, rule).then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof RefusedError, `Expected a refusal, got ${error}`);
  assert.equal(error.code, "invalid_file");
  assert.match(error.guidance ?? "", /"path".*"base64"/);
  return error.message;
}

Deno.test("readUpload() takes name and type from the path, and those given before them", async () => {
  const plain = await upload({ path: "/tmp/a b/Greeting.WAV" });
  assert.deepEqual([plain.name, plain.type], ["Greeting.WAV", "audio/wav"]);
  const windows = await upload({ path: "C:\\media\\logo.png" });
  assert.deepEqual([windows.name, windows.type], ["logo.png", "image/png"]);
  const given = await upload({ path: "/tmp/x", name: "y.jpg", type: "image/x" });
  assert.deepEqual([given.name, given.type], ["y.jpg", "image/x"]);
  await assert.rejects(upload("/tmp/x.csv"), /expected "path" or "base64"/);
});

Deno.test("readUpload() calls a file of an unknown kind a stream of bytes", async () => {
  for (const name of ["x", "x.", "x.constructor", "constructor", "a.__proto__", "valueof", "toString", "png"]) {
    assert.equal((await upload({ base64: BASE64, name })).type, "application/octet-stream", name);
  }
});

Deno.test("readUpload() decodes base64 with blanks, line breaks and without padding", async () => {
  for (const base64 of ["AQID", "AQ\r\nID", " AQID ", "AQI="]) {
    assert.equal((await upload({ base64, name: "a.wav" })).size, base64.includes("=") ? 2 : 3);
  }
  assert.equal((await upload({ base64: "AQI" })).size, 2);
});

Deno.test("readUpload() gives the bytes back that were encoded", async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
    const file = await upload({ base64: new Uint8Array(bytes).toBase64() });
    assert.deepEqual(await file.bytes(), new Uint8Array(bytes));
  }));
});

Deno.test("readUpload() refuses what is no file, naming the argument", async () => {
  for (const value of [null, 5, [], {}, { name: "x" }, { path: 1 }, { path: "/x", base64: BASE64 }]) {
    assert.match(await message(value), /^Argument "file" is not a file: expected/);
  }
  assert.match(await message({ base64: "%%%" }), /^Argument "file\.base64" is not valid base64/);
  assert.match(await message({ base64: "" }), /^Argument "file" is an empty file/);
});

Deno.test("readUpload() says why a path cannot be read", async () => {
  assert.match(await message({ path: "/none" }), /^Cannot read file "\/none" of argument "file"$/);
  assert.match(await message({ path: "/secret" }), /the server may not read it \(start it with --allow-read\)/);
});

Deno.test("readUpload() checks the size at its bound", async () => {
  assert.equal((await upload({ base64: BASE64 }, { maxBytes: 3 })).size, 3);
  assert.match(await message({ base64: BASE64 }, { maxBytes: 2 }), /too large: 3 bytes, at most 2 are accepted/);
});

Deno.test("readUpload() accepts every spelling of an accepted type and no other", async () => {
  for (const type of ["audio/wav", "Audio/WAV", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/wav; codecs=1"]) {
    for (const accept of ["audio/wav", "audio/x-wav", "image/png, audio/wav", "Audio/Wav", "audio/*", "*/*"]) {
      await upload({ base64: BASE64, type }, { accept });
    }
  }
  const expected = /is "text\/plain": expected image\/jpeg or image\/png/;
  assert.match(await message({ base64: BASE64, type: "text/plain" }, { accept: "image/jpeg, image/png" }), expected);
  assert.match(await message({ base64: BASE64, type: "audiox/wav" }, { accept: "audio/*" }), /expected audio\/\*/);
});

Deno.test("readUpload() lets no name or type break out of the form", async () => {
  const form = new FormData();
  form.append("file", await upload({ base64: BASE64, name: 'a"\r\nX: y\r\n\r\n.wav', type: "audio/wav\r\nX: y" }));
  const text = await new Response(form).text();
  assert.doesNotMatch(text, /^X: y/m);
});

Deno.test("readUpload() repeats little of a path or type that is long", async () => {
  assert.ok((await message({ path: `/secret${"x".repeat(1_000_000)}` })).length < 200);
  const long = { base64: BASE64, type: `text/${"x".repeat(1_000_000)}` };
  assert.ok((await message(long, { accept: "audio/*" })).length < 200);
});

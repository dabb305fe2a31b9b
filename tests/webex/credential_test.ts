import assert from "node:assert/strict";
import { UpstreamError } from "../../src/core/errors.ts";
import { createCredential } from "../../src/webex/credential.ts";

const unused = () => Promise.reject(new Error("Expected no file"));

Deno.test("createCredential() gives the token without the blanks around it", async () => {
  assert.equal(await createCredential({ token: " abc\n", readTextFile: unused }).token(), "abc");
});

Deno.test("createCredential() gives nothing where nothing is set", async () => {
  assert.equal(await createCredential({ readTextFile: unused }).token(), undefined);
  assert.equal(await createCredential({ token: " ", readTextFile: unused }).token(), undefined);
  const empty = createCredential({ tokenFile: "/t", readTextFile: () => Promise.resolve("\n") });
  assert.equal(await empty.token(), undefined);
});

Deno.test("createCredential() reads the file at each call, so that it can be renewed", async () => {
  const texts = ["\ufefffirst\r\n", "second"];
  const readTextFile = (path: string) => Promise.resolve(path === "/t" ? texts.shift() ?? "" : "wrong");
  const credential = createCredential({ tokenFile: "/t", readTextFile });
  assert.deepEqual([await credential.token(), await credential.token()], ["first", "second"]);
});

Deno.test("createCredential() prefers the token to the file", async () => {
  assert.equal(await createCredential({ token: "abc", tokenFile: "/t", readTextFile: unused }).token(), "abc");
});

Deno.test("createCredential() says which file cannot be read", async () => {
  await assert.rejects(createCredential({ tokenFile: "/t", readTextFile: unused }).token(), (error: unknown) => {
    assert.ok(error instanceof UpstreamError);
    assert.equal(error.code, "token_file_unreadable");
    assert.match(error.message, /"\/t"/);
    return true;
  });
});

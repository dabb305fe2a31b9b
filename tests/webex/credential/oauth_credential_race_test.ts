import assert from "node:assert/strict";
import { loggedIn, storedIn } from "./logged_in.ts";

Deno.test("createOAuthCredential() gives the new token to a call that is refused while that token is being stored", async () => {
  const bench = await loggedIn();
  const { credential, stored, files, requests } = bench;
  const old = await credential.token() ?? "";
  const writing = Promise.withResolvers<void>();
  const mayWrite = Promise.withResolvers<void>();
  const write = files.writeAtomically;
  Object.assign(files, {
    async writeAtomically(path: string, text: string) {
      writing.resolve();
      await mayWrite.promise;
      await write(path, text);
    },
  });
  const first = credential.renew(old);
  await writing.promise;
  const late = await credential.renew(old);
  mayWrite.resolve();
  assert.notEqual(late, undefined);
  assert.notEqual(late, stored.accessToken);
  assert.equal(await first, late);
  assert.equal((await storedIn(bench))?.accessToken, late);
  assert.equal(requests("/access_token"), 1);
});

Deno.test("renew() gives the new token also to whoever looked into the store just before it was there", async () => {
  const { credential, stored, files, requests } = await loggedIn();
  await credential.token();
  const { promise: renewed, resolve } = Promise.withResolvers<void>();
  const read = files.readTextFile;
  let looks = 0;
  const slow = async (path: string) => {
    const text = await read(path);
    if (++looks === 1) await renewed;
    return text;
  };
  Object.assign(files, { readTextFile: slow });
  const late = credential.renew(stored.accessToken);
  const token = await credential.renew(stored.accessToken);
  resolve();
  assert.notEqual(token, stored.accessToken);
  assert.equal(await late, token);
  assert.equal(requests("/access_token"), 1);
});

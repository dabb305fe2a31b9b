import assert from "node:assert/strict";
import { DeadlineReached } from "../../../src/core/context.ts";
import { UpstreamError } from "../../../src/core/errors.ts";
import type { Ran } from "../../../src/webex/credential/credential.ts";
import { createTokenCommand } from "../../../src/webex/credential/token_command.ts";
import { type FakeParts, fakeParts } from "../../support/credential_parts.ts";

const COMMAND = ["/usr/bin/vault", "--key=planted-argument-secret"];

interface Program extends FakeParts {
  /** What the program prints at each start; the last stays. */
  outputs: (string | Partial<Ran>)[];
  runs: number;
}

function program(...outputs: (string | Partial<Ran>)[]): Program {
  const state: Program = {
    ...fakeParts({
      run: async (command) => {
        assert.deepEqual(command, COMMAND);
        state.runs++;
        await Promise.resolve();
        const output = (state.outputs.length > 1 ? state.outputs.shift() : state.outputs[0]) ?? "";
        return {
          code: 0,
          stderr: "planted-error-secret",
          ...typeof output === "string" ? { stdout: output } : { stdout: "", ...output },
        };
      },
    }),
    outputs,
    runs: 0,
  };
  return state;
}

Deno.test("createTokenCommand() runs the program once for all who wait, and keeps what it printed", async () => {
  const parts = program("first-token\n", "second-token\n");
  const credential = createTokenCommand(COMMAND, parts);
  const tokens = await Promise.all(Array.from({ length: 50 }, () => credential.token()));
  assert.deepEqual([...new Set(tokens)], ["first-token"]);
  await parts.clock.advance(14 * 60_000);
  assert.equal(await credential.token(), "first-token");
  assert.equal(parts.runs, 1);
  await parts.clock.advance(60_000);
  assert.equal(await credential.token(), "second-token");
  assert.equal(parts.secrets.hide("first-token second-token"), "[redacted] [redacted]");
});

Deno.test("createTokenCommand() runs the program after a 401, once for all who were refused", async () => {
  const parts = program("first-token", "second-token");
  const credential = createTokenCommand(COMMAND, parts);
  assert.equal(await credential.token(), "first-token");
  await parts.clock.advance(20_000);
  const renewed = await Promise.all(Array.from({ length: 20 }, () => credential.renew("first-token")));
  assert.deepEqual([...new Set(renewed)], ["second-token"]);
  assert.equal(await credential.renew("first-token"), "second-token");
  assert.equal(parts.runs, 2);
});

Deno.test("createTokenCommand() does not run the program for each call whose fresh token is refused", async () => {
  const parts = program("first-token");
  const credential = createTokenCommand(COMMAND, parts);
  await credential.token();
  assert.equal(await credential.renew("first-token"), undefined);
  assert.equal(parts.runs, 1);
  await parts.clock.advance(20_000);
  assert.equal(await credential.renew("first-token"), undefined);
  assert.equal(await credential.renew("first-token"), undefined);
  assert.equal(parts.runs, 2);
});

Deno.test("createTokenCommand() says how the program failed, and nothing of what it printed or was given", async () => {
  const secret = "planted-output-secret";
  for (
    const [output, expected] of [
      [{ code: 3, stdout: secret }, /"\/usr\/bin\/vault" ended with code 3$/],
      ["  \n", /printed nothing$/],
      [`${secret}\n${secret}`, /printed more than one line$/],
    ] as const
  ) {
    const parts = program(output);
    await assert.rejects(createTokenCommand(COMMAND, parts).token(), (error: unknown) => {
      assert.ok(error instanceof UpstreamError);
      assert.equal(error.code, "token_command_failed");
      assert.match(error.message, expected);
      assert.doesNotMatch(`${error.message} ${error.guidance} ${error.stack} ${parts.lines.join()}`, /planted/);
      return true;
    });
  }
});

Deno.test("createTokenCommand() gives up a program that doesn't end", async () => {
  let signal: AbortSignal | undefined;
  const parts = fakeParts({
    run: (_, ends) => {
      signal = ends;
      return new Promise(() => {});
    },
  });
  const failure = assert.rejects(createTokenCommand(COMMAND, parts).token(), {
    code: "token_command_timeout",
    message: 'Cannot get the access token: command "/usr/bin/vault" has not answered after 30 s, and was stopped',
  });
  await parts.clock.advance(30_000);
  await failure;
  assert.equal(signal?.aborted, true);
  assert.equal(parts.clock.sleeping, 0);
});

Deno.test("createTokenCommand() goes on with the old token when the program fails after a quarter of an hour", async () => {
  const parts = program("first-token", { code: 1 });
  const credential = createTokenCommand(COMMAND, parts);
  await credential.token();
  await parts.clock.advance(15 * 60_000);
  assert.deepEqual([await credential.token(), await credential.token()], ["first-token", "first-token"]);
  assert.equal(parts.runs, 2);
  assert.match(parts.lines.join(), /Using the old access token/);
  await assert.rejects(credential.renew("first-token"), { code: "token_command_failed" });
});

/** A program whose answers come when a test wants. */
function slowProgram() {
  const runs: { readonly signal: AbortSignal | undefined; readonly answer: (ran: Ran) => void }[] = [];
  const parts = fakeParts({
    run: (_, signal) => {
      const { promise, resolve } = Promise.withResolvers<Ran>();
      runs.push({ signal, answer: resolve });
      return promise;
    },
  });
  return { parts, runs };
}

Deno.test("createTokenCommand() names the program that has not answered when the call's time is up, and stops it", async () => {
  const { parts, runs } = slowProgram();
  const credential = createTokenCommand(COMMAND, parts);
  const limit = new AbortController();
  const waiting = credential.token(limit.signal);
  await parts.clock.advance(5_000);
  limit.abort(new DeadlineReached("planted"));
  await assert.rejects(waiting, (error: unknown) => {
    assert.ok(error instanceof UpstreamError);
    assert.equal(error.code, "token_command_timeout");
    assert.match(error.message, /command "\/usr\/bin\/vault" has not answered after 5 s/);
    assert.match(error.guidance ?? "", /--deadline/);
    assert.doesNotMatch(`${error.message} ${error.guidance}`, /planted/);
    return true;
  });
  assert.equal(runs[0]?.signal?.aborted, true);
  assert.equal(parts.clock.sleeping, 0);
  const next = credential.token();
  runs[1]?.answer({ code: 0, stdout: "late-token", stderr: "" });
  assert.equal(await next, "late-token");
});

Deno.test("createTokenCommand() lets a caller go whose call is cancelled, and stops the program with the last", async () => {
  const { parts, runs } = slowProgram();
  const credential = createTokenCommand(COMMAND, parts);
  const first = new AbortController();
  const last = new AbortController();
  const leaving = assert.rejects(credential.token(first.signal), /cancelled/);
  const staying = assert.rejects(credential.token(last.signal), /cancelled, too/);
  first.abort(new Error("cancelled"));
  await leaving;
  assert.equal(runs[0]?.signal?.aborted, false);
  last.abort(new Error("cancelled, too"));
  await staying;
  assert.equal(runs[0]?.signal?.aborted, true);
  assert.equal(runs.length, 1);
});

Deno.test("createTokenCommand() refuses a token that brings the word of the header", async () => {
  const parts = program("Bearer planted-token-1");
  await assert.rejects(createTokenCommand(COMMAND, parts).token(), {
    code: "malformed_access_token",
    message: 'Cannot call Webex: the access token of command "/usr/bin/vault" begins with "Bearer"',
  });
  assert.equal(parts.secrets.hide("planted-token-1"), "[redacted]");
});

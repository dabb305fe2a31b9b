import assert from "node:assert/strict";
import { OpenAnswers } from "../../../src/transport/http/open_answers.ts";

/** An answer that notes its headers. */
function answer(headersSent = false) {
  const headers: string[] = [];
  return { headersSent, headers, setHeader: (name: string, value: string) => headers.push(`${name}: ${value}`) };
}

Deno.test("OpenAnswers tells answers that have not begun, and those that come later, that they are the last", async () => {
  const answers = new OpenAnswers();
  const [open, begun, left, late] = [answer(), answer(true), answer(), answer()];
  const never = new Promise(() => {});
  answers.add(open, never);
  answers.add(begun, never);
  answers.add(left, Promise.resolve());
  await Promise.resolve();
  await Promise.resolve();
  answers.end();
  answers.add(late, never);
  assert.deepEqual([open, begun, left, late].map(({ headers }) => headers), [
    ["connection: close"],
    [],
    [],
    ["connection: close"],
  ]);
});

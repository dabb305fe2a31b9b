import assert from "node:assert/strict";
import { oneLine, operationTitle } from "../../src/collection/operation_title.ts";

const key = { method: "GET", path: "/people/{personId}/features" };

Deno.test("operationTitle() takes the file's own title on one line", () => {
  assert.equal(operationTitle({ ...key, title: "  List\n\tPeople\u0000", operationId: "x" }), "List People");
  assert.equal(operationTitle({ ...key, title: "Über   uns" }), "Über uns");
});

Deno.test("operationTitle() splits an operation's id into words", () => {
  const title = (operationId: string) => operationTitle({ ...key, operationId });
  assert.equal(title("getMyOwnDetails"), "Get my own details");
  assert.equal(title("list_people-v2.all"), "List people v2 all");
  assert.equal(title("readHTTPServerByID"), "Read HTTP server by ID");
  assert.equal(title("größeÄndern"), "Größe ändern");
});

Deno.test("operationTitle() falls back to method and path", () => {
  assert.equal(operationTitle(key), "Get people by person id features");
  assert.equal(operationTitle({ ...key, title: " \n", operationId: "-- " }), "Get people by person id features");
  assert.equal(operationTitle({ method: "POST", path: "/" }), "Post");
});

Deno.test("oneLine() leaves a plain text as it is", () => {
  assert.equal(oneLine("Call Queue"), "Call Queue");
  assert.equal(oneLine(" a  b "), "a b");
  assert.equal(oneLine(""), "");
});

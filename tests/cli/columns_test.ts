import assert from "node:assert/strict";
import { columns } from "../../src/cli/columns.ts";

Deno.test("columns() aligns cells, numbers at their right, and leaves no blanks at the end", () => {
  const rows = [["5", "a", "x"], ["12", "bcd", ""], ["1", "", "y"]];
  assert.equal(columns(rows, "> ", [0]), ">  5  a    x\n> 12  bcd\n>  1       y\n");
});

Deno.test("columns() of no rows is nothing", () => {
  assert.equal(columns([]), "");
});

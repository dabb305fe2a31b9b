import assert from "node:assert/strict";
import { CSV_HEADER, csvRow } from "../../src/audit/csv.ts";

Deno.test("csvRow() has a field for each column, and quotes what needs it", () => {
  const row = csvRow({ seq: 1, tool: 'a "b", c', arguments: ["x", "y"], ids: { orgId: "o" }, status: 200 });
  assert.equal(row, '1,,,,"a ""b"", c",,,"{""orgId"":""o""}",x y,,,,200,,,,,,,,,,,\r\n');
  assert.equal(CSV_HEADER.split(",").length, 24);
});

Deno.test("csvRow() lets no field begin a formula", () => {
  for (const start of ["=", "+", "-", "@", "\t=", " =", "\r", "＝"]) {
    const cell = csvRow({ tool: `${start}HYPERLINK(1)` }).split(",")[4] ?? "";
    assert.match(cell, /^"?'/, JSON.stringify(start));
  }
  assert.equal(csvRow({ tool: "people_list", seq: 5 }).startsWith("5,,,,people_list,"), true);
});

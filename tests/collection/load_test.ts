import assert from "node:assert/strict";
import { namespaceOf, parseCollection } from "../../src/collection/load.ts";

function fixture(name: string): Promise<string> {
  return Deno.readTextFile(new URL(`../fixtures/${name}`, import.meta.url));
}

Deno.test("parseCollection() tells the formats apart", async () => {
  const counts: Record<string, number> = {};
  for (const name of ["library_31.yaml", "parking_30.json", "classic_collection.json"]) {
    const { endpoints, namespace, source } = await parseCollection(await fixture(name), name, namespaceOf(name));
    assert.equal(source, name);
    assert(endpoints.every((one) => one.tool.startsWith(`${namespace}_`)));
    counts[namespace] = endpoints.length;
  }
  assert.deepEqual(counts, { library_31: 5, parking_30: 2, classic: 4 });
});

Deno.test("parseCollection() refuses what is neither format", async () => {
  for (const text of ["{}", "[]", "<html></html>", "just text", "a: 1", "null"]) {
    await assert.rejects(parseCollection(text, "x", ""), {
      name: "UsageError",
      message: 'Cannot read collection "x": expected a collection file with "endpoints", or an OpenAPI document',
    }, text);
  }
});

Deno.test("parseCollection() refuses Swagger 2.0 with its name", async () => {
  await assert.rejects(parseCollection("swagger: '2.0'\npaths: {}", "x", ""), /converted from Swagger/);
});

Deno.test("namespaceOf() makes words of a file's name", () => {
  const cases: [string, string][] = [
    ["/x/Webex-Admin.v2.json", "webex_admin_v2"],
    ["C:\\files\\My API.yaml", "my_api"],
    ["petStore.yml", "pet_store"],
    ["webex-contact-center.json", "webex_contact"],
    ["averyveryveryverylongword.json", "averyveryveryver"],
    ["Büro & Übersicht.json", "buro_ubersicht"],
    ["2024-report.json", "c_2024_report"],
    ["日本語.json", "collection"],
    ["", "collection"],
    [".json", "json"],
    ["https://a.example/specs/crm.json/", "crm"],
    ["__proto__", "proto"],
  ];
  for (const [path, expected] of cases) {
    const name = namespaceOf(path);
    assert.match(name, /^[a-z][a-z0-9_]{0,15}$/);
    assert.equal(name, expected, path);
  }
});

import assert from "node:assert/strict";
import { telephonyLexicon } from "../../../src/collection/search/lexicon.ts";
import { understand, type Understanding } from "../../../src/collection/search/request.ts";
import { stemOf } from "../../../src/collection/search/words.ts";

const TOLD = new Set(["mark", "greeting", "weather", "sensor"].map(stemOf));
const known: Understanding = {
  lexicon: telephonyLexicon(),
  spell: (word) => word === "wether" ? "weather" : undefined,
  standing: (stem) => TOLD.has(stem) ? "told" : undefined,
};

function topics(text: string): string[] {
  return understand(text, known).topics.flatMap(({ meant }) => meant[0]?.terms ?? []).filter((term) =>
    !/\S \S/.test(term) || term.startsWith("#")
  );
}

function owners(text: string): string[] {
  return [...understand(text, known).owners.keys()];
}

function deed(text: string): string | undefined {
  const [best] = [...understand(text, known).deeds].sort(([, a], [, b]) => b - a);
  return best?.[0];
}

Deno.test("understand() finds topics and mends words that nobody knows", () => {
  assert.ok(topics("turn on dnd").includes("#do not disturb"));
  assert.ok(topics("wether sensors").includes(stemOf("weather")));
  assert.deepEqual(topics("the of please"), []);
});

Deno.test("understand() takes no name for a topic", () => {
  assert.deepEqual(topics("Mark's weather"), [stemOf("weather")]);
  assert.deepEqual(topics("the weather for Mark"), [stemOf("weather")]);
  assert.ok(topics("mark the greeting").includes(stemOf("mark")));
});

Deno.test("understand() reads verbs of a whole request", () => {
  assert.equal(deed("create a greeting"), "create");
  assert.equal(deed("please get rid of the weather sensors"), "delete");
  assert.equal(deed("which sensors are there"), "list");
  assert.equal(deed("turn off the sensor"), "update");
  assert.equal(deed("is the sensor on?"), "get");
  assert.equal(deed("sensor"), undefined);
});

Deno.test("understand() reads scope words and names", () => {
  assert.deepEqual(owners("my greeting"), ["me"]);
  assert.ok(owners("Priya's greeting").includes("person"));
  assert.ok(owners("the greeting in London").includes("location"));
  assert.ok(owners("greeting of the meeting room").includes("workspace"));
  assert.ok(owners("greeting of the canteen phone").includes("workspace"));
  assert.ok(owners("company wide greeting").includes("organization"));
  assert.ok(!owners("show me the greeting").includes("me"));
  assert.ok(!owners("my organization's greeting").includes("me"));
});

Deno.test("understand() weighs quotations and everyday words little", () => {
  const weights = (text: string) => understand(text, known).topics.map(({ weight }) => weight);
  assert.ok(Math.max(...weights('"weather"')) < Math.max(...weights("weather")));
});

Deno.test("understand() takes a telephone number alone for a question about numbers", () => {
  assert.deepEqual(topics("+1 408 555 1234"), ["#number"]);
});

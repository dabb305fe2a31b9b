import assert from "node:assert/strict";
import { telephonyLexicon, termsOf } from "../../../src/collection/search/lexicon.ts";
import { CALL_FEATURES, GROUP_FEATURES } from "../../../src/collection/search/words/same_features.ts";
import {
  CALL_WORDS,
  DEVICE_WORDS,
  EMERGENCY_WORDS,
  ORGANIZATION_WORDS,
  ROUTING_WORDS,
} from "../../../src/collection/search/words/same_system.ts";
import { stemOf, wordsOf } from "../../../src/collection/search/words.ts";

const lexicon = telephonyLexicon();
const SAME = [
  ...CALL_FEATURES,
  ...GROUP_FEATURES,
  ...DEVICE_WORDS,
  ...ROUTING_WORDS,
  ...EMERGENCY_WORDS,
  ...CALL_WORDS,
  ...ORGANIZATION_WORDS,
];

Deno.test("the vocabulary has no phrase for two things", () => {
  const owners = new Map<string, string>();
  for (const line of SAME) {
    for (const phrase of line.split("|")) {
      const key = wordsOf(phrase).map(stemOf).join(" ");
      assert.ok([undefined, line].includes(owners.get(key)), `"${phrase.trim()}" stands for two things`);
      owners.set(key, line);
    }
  }
});

Deno.test("termsOf() reduces all phrases of one thing to one term", () => {
  const terms = (text: string) => termsOf(wordsOf(text), lexicon.same, lexicon.isFiller);
  assert.deepEqual(terms("do not disturb"), terms("DND"));
  assert.deepEqual(terms("the busy lamp fields of the hunt pilot"), terms("BLF HG"));
  assert.deepEqual(terms("call park extension"), terms("park orbit"));
  assert.notDeepEqual(terms("call park extension"), terms("call park"));
  assert.deepEqual(terms("please the of"), []);
});

Deno.test("the vocabulary gives a phrase its meanings and its own words", () => {
  const stems = wordsOf("extension mobility").map(stemOf);
  const senses = lexicon.meant.longest(stems, 0)?.value.map(({ terms }) => terms.join(" "));
  assert.deepEqual(senses, ["#hoteling", "#hot desking", "extens mobil"]);
});

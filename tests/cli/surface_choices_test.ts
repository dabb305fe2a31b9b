import assert from "node:assert/strict";
import { type ChoiceConfig, choicesText, measureChoices } from "../../src/cli/surface_choices.ts";
import { loadTokenCounter } from "../../src/cli/token_counter.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { PRESETS } from "../../src/config/presets.ts";

const count = await loadTokenCounter();
const ALL: ChoiceConfig = { tools: "all", selection: {}, readOnly: false, confirm: "destructive" };

function measured(config: Partial<ChoiceConfig>) {
  return measureChoices({ ...ALL, ...config }, [embeddedCollection()], count);
}

function features(...names: string[]) {
  return { features: { names, source: "--features" } };
}

Deno.test("measureChoices() counts the selection in all its forms, then every preset", () => {
  const choices = measured({ selection: features("People") });
  assert.deepEqual(choices.map(({ choice }) => choice), [
    "--tools all",
    "--tools all --read-only",
    "--tools discover",
    "--tools discover --read-only",
    ...PRESETS.map(({ name }) => `--preset ${name}`),
  ]);
  assert.deepEqual(choices.slice(0, 4).map(({ tools }) => tools), [9, 6, 7, 6]);
  for (const { choice, tokens: { full, compact } } of choices) {
    if (choice.startsWith("--tools discover")) assert.equal(full, compact);
    else assert.ok(compact < full, choice);
  }
});

Deno.test("measureChoices() leaves read-only forms out where nothing changes anything anyway", () => {
  for (const config of [{ readOnly: true }, { selection: features("Calling Metrics") }]) {
    const forms = measured(config).map(({ choice }) => choice).filter((choice) => choice.startsWith("--tools"));
    assert.deepEqual(forms, ["--tools all", "--tools discover"]);
  }
});

Deno.test("measureChoices() marks what the configuration is", () => {
  const now = (config: Partial<ChoiceConfig>) => measured(config).filter((one) => one.now).map(({ choice }) => choice);
  const [preset] = PRESETS;
  assert.ok(preset !== undefined);
  assert.deepEqual(now({ tools: "discover" }), ["--tools discover"]);
  assert.deepEqual(now({ selection: { presets: [preset] } }), ["--tools all", `--preset ${preset.name}`]);
  assert.deepEqual(now({ selection: { presets: [preset], ...features("People") } }), ["--tools all"]);
});

Deno.test("measureChoices() leaves out of presets what the configuration leaves out", () => {
  const reporting = (config: Partial<ChoiceConfig>) =>
    measured(config).find(({ choice }) => choice === "--preset reporting")?.tools ?? 0;
  const excludeFeatures = [{ names: ["Calling Metrics"], source: "--exclude-features" }];
  assert.equal(reporting({ selection: { excludeFeatures } }), reporting({}) - 1);
  assert.ok(reporting({ readOnly: true }) < reporting({}));
});

Deno.test("choicesText() writes a table and marks the present choice", () => {
  const choices = [
    { choice: "--tools all", now: true, tools: 1180, tokens: { full: 284652, compact: 149262 } },
    { choice: "--tools discover", now: false, tools: 7, tokens: { full: 1273, compact: 1273 } },
  ];
  assert.deepEqual(choicesText(choices).split("\n").slice(1), [
    "  tools    full  compact  choice",
    "   1180  284652   149262  --tools all (now)",
    "      7    1273     1273  --tools discover",
    "",
  ]);
});

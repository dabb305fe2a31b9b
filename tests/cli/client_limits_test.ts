import assert from "node:assert/strict";
import { exceededLimits, limitsText, type MeasuredList } from "../../src/cli/client_limits.ts";
import type { ChoiceCost } from "../../src/cli/surface_choices.ts";
import type { ListedTool } from "../../src/tools/definitions/definition.ts";

function tool(name: string, description = "Does something"): ListedTool {
  return { name, description, inputSchema: { type: "object", properties: {} }, annotations: {} };
}

function toolsNamed(count: number): ListedTool[] {
  return Array.from({ length: count }, (_, index) => tool(`tool_${index}`));
}

function choice(name: string, tools: number, full: number, compact: number, now = false): ChoiceCost {
  return { choice: name, now, tools, tokens: { full, compact } };
}

function exceeded(parts: Partial<MeasuredList>) {
  return exceededLimits({ definitions: [], tokens: 0, schema: "full", choices: [], ...parts });
}

/** Whose limit of what is exceeded. */
function found(parts: Partial<MeasuredList>): string[] {
  return exceeded(parts).map(({ client, limit }) => `${client} ${limit}`);
}

Deno.test("exceededLimits() counts tools: what a limit allows is no warning, one more is", () => {
  assert.deepEqual(found({ definitions: toolsNamed(40) }), []);
  assert.deepEqual(found({ definitions: toolsNamed(41) }), ["Cursor tools"]);
  assert.deepEqual(found({ definitions: toolsNamed(128) }), ["Cursor tools"]);
  assert.deepEqual(found({ definitions: toolsNamed(129) }), [
    "Cursor tools",
    "VS Code tools",
    "Clients of OpenAI's function calling tools",
  ]);
});

Deno.test("exceededLimits() measures names as clients write them", () => {
  // The server's name is webex-calling: 13 characters, with the words that Gemini CLI adds 18.
  assert.deepEqual(found({ definitions: [tool("a".repeat(45))] }), []);
  assert.deepEqual(found({ definitions: [tool("a".repeat(46))] }), ["Gemini CLI name_characters"]);
  assert.deepEqual(found({ definitions: [tool("a".repeat(48))] }), [
    "Cursor name_characters",
    "Gemini CLI name_characters",
  ]);
  const [openai] = exceeded({ definitions: [tool("a"), tool("b".repeat(65))] })
    .filter(({ client }) => client.includes("OpenAI"));
  assert.deepEqual([openai?.value, openai?.max], [65, 64]);
  assert.equal(openai?.remedy, `leave ${"b".repeat(65)} out with --exclude-tool`);
});

Deno.test("exceededLimits() measures descriptions in bytes, and the list in tokens", () => {
  assert.deepEqual(found({ definitions: [tool("a", "é".repeat(1024))] }), []);
  assert.deepEqual(found({ definitions: [tool("a", "é".repeat(1025))] }), ["Claude Code description_bytes"]);
  assert.deepEqual(found({ tokens: 20_000 }), []);
  assert.deepEqual(found({ tokens: 20_001 }), ["Claude Code tokens"]);
});

Deno.test("exceededLimits() recommends the choices that keep the limit, and no others", () => {
  const choices = [
    choice("--tools all", 200, 30_000, 15_000, true),
    choice("--tools all --read-only", 100, 21_000, 9_000),
    choice("--tools discover", 7, 1_300, 1_300),
    choice("--preset small", 30, 8_000, 4_000),
    choice("--preset large", 120, 29_000, 14_000),
  ];
  const remedies = exceeded({ definitions: toolsNamed(200), tokens: 30_000, choices })
    .map(({ client, limit, remedy }) => [`${client} ${limit}`, remedy]);
  assert.deepEqual(Object.fromEntries(remedies), {
    "Cursor tools": "use --tools discover, --preset small or fewer --features",
    "VS Code tools": "use --tools discover, --preset small|large, --read-only or fewer --features",
    "Clients of OpenAI's function calling tools":
      "use --tools discover, --preset small|large, --read-only or fewer --features",
    "Claude Code tokens": "use --tools discover, --preset small, --schema compact or fewer --features",
  });
});

Deno.test("limitsText() writes one line for each limit, or that all are kept", () => {
  const lines = limitsText(exceeded({ definitions: toolsNamed(41) })).split("\n");
  assert.deepEqual(lines.slice(2), [""]);
  assert.match(lines[1] ?? "", /^ {2}Warning: Cursor: 41 tools, limit 40: .*; use fewer --features$/);
  assert.match(
    limitsText([]),
    /^Clients\n {2}All known limits are kept: Cursor, VS Code, .*Gemini CLI, Claude Code\n$/,
  );
});

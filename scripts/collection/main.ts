/**
 * Builds `data/webex_api_collection.json` and `data/webex_tools.json` from the official OpenAPI files and the hand-kept data beside it.
 *
 * ```sh
 * deno task collection SPEC…            # writes the collection
 * deno task collection --check SPEC…    # fails when the file would change
 * ```
 *
 * @module
 */

import { parse } from "yaml";
import { readCollectionFile } from "../../src/collection/collection_file.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { nameTools } from "../../src/collection/names.ts";
import { isRecord } from "../../src/core/json.ts";
import { defineTool } from "../../src/tools/definitions/definition.ts";
import { describeDraft } from "./describe.ts";
import type { Draft } from "./draft.ts";
import { exampleProblems } from "./examples.ts";
import { collectAnswerOnly, collectFacts } from "./facts.ts";
import { Glossary } from "./glossary.ts";
import { applyOverrides, parseOverrides } from "./overrides.ts";
import { readSpecifications, type Specification } from "./specification.ts";
import { asciiJson, type NamedDraft, type Provenance, writeCollection } from "./write.ts";

const DATA = new URL("../../data/", import.meta.url);

/** The two files that are built: the collection, and the definitions of its tools, so that no start has to make them. */
const COLLECTION = "webex_api_collection.json";
const TOOLS = "webex_tools.json";

interface FeatureEntry {
  prefix: string;
  aliases?: string[];
}

function report(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new Error(`Cannot build the collection:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
}

async function readYaml(name: string): Promise<unknown> {
  return parse(await Deno.readTextFile(new URL(name, DATA)));
}

async function readOverrides(): Promise<ReturnType<typeof parseOverrides>> {
  const names = (await Array.fromAsync(Deno.readDir(new URL("overrides/", DATA)))).map((entry) => entry.name).sort();
  return (await Promise.all(names.map(async (name) => parseOverrides(name, await readYaml(`overrides/${name}`)))))
    .flat();
}

async function readGlossary(): Promise<Glossary> {
  const entries = await readYaml("glossary.yaml");
  if (!isRecord(entries)) throw new Error("Cannot read the glossary: expected a map");
  const texts = Object.entries(entries).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return new Glossary(Object.fromEntries(texts));
}

/** The hand-written purposes, by `METHOD /path` as the specification has it. */
async function readPurposes(drafts: readonly Draft[]): Promise<ReadonlyMap<string, string>> {
  const purposes = new Map<string, string>(Object.entries(Object(await readYaml("purposes.yaml"))));
  const keys = new Set(drafts.map((draft) => draft.key));
  report([...purposes.keys()].filter((key) => !keys.has(key)).map((key) => `purposes.yaml: "${key}" is no operation`));
  return purposes;
}

async function readFeatures(drafts: readonly Draft[]): Promise<Record<string, FeatureEntry>> {
  const entries: Record<string, FeatureEntry> = Object(await readYaml("features.yaml"));
  const features = new Set(drafts.map((draft) => draft.feature));
  report([
    ...[...features].filter((name) => entries[name] === undefined).map((name) =>
      `features.yaml has no entry for "${name}"`
    ),
    ...Object.keys(entries).filter((name) => !features.has(name)).map((name) =>
      `features.yaml: "${name}" is no feature`
    ),
  ]);
  return entries;
}

async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

async function provenanceOf(
  files: readonly { name: string; text: string; specification: Specification }[],
): Promise<Provenance> {
  const details = await Promise.all(files.map(async ({ name, text, specification }) => ({
    file: name,
    title: specification.info.title,
    operations: Object.values(specification.paths).reduce((sum, item) => sum + Object.keys(item).length, 0),
    sha256: await sha256(text),
  })));
  const dates = await readYaml("provenance.yaml");
  if (!isRecord(dates)) throw new Error("Cannot read provenance.yaml: expected a map");
  return {
    version: "1.0",
    exported_at: String(dates.exported_at),
    source: { ...Object(dates.source), files: details },
  };
}

/** The former names of tools, by `METHOD /path` as the specification has it. */
async function readRenames(): Promise<ReadonlyMap<string, string[]>> {
  const renames: Record<string, string> = Object(await readYaml("renames.yaml"));
  const names = Map.groupBy(Object.entries(renames), ([, key]) => key);
  return new Map([...names].map(([key, entries]) => [key, entries.map(([name]) => name)]));
}

/** The titles that names are made of, where the official one is too long. */
async function readNameTitles(): Promise<ReadonlyMap<string, string>> {
  return new Map<string, string>(Object.entries(Object(await readYaml("names.yaml"))));
}

function nameDrafts(
  drafts: readonly Draft[],
  features: Readonly<Record<string, FeatureEntry>>,
  titles: ReadonlyMap<string, string>,
  renames: ReadonlyMap<string, string[]>,
): NamedDraft[] {
  const prefixes = Object.fromEntries(Object.entries(features).map(([name, { prefix }]) => [name, prefix]));
  const names = nameTools(drafts.map((draft) => ({ ...draft, title: titles.get(draft.key) ?? draft.title })), {
    prefixes,
  });
  const keys = new Set(drafts.map((draft) => draft.key));
  report([
    ...[...titles.keys()].filter((key) => !keys.has(key)).map((key) => `names.yaml: "${key}" is no operation`),
    ...[...renames.keys()].filter((key) => !keys.has(key)).map((key) => `renames.yaml: "${key}" is no operation`),
    ...[...renames.values()].flat().filter((name) => names.includes(name)).map((name) =>
      `renames.yaml: "${name}" is the name of a tool`
    ),
  ]);
  const named = drafts.map((draft, index) => ({
    draft,
    tool: names[index] ?? "",
    formerly: renames.get(draft.key) ?? [],
  }));
  return named.sort((a, b) => a.tool < b.tool ? -1 : 1);
}

/** What the build writes. */
interface Built {
  readonly collection: string;
  readonly tools: string;
}

/** Builds both files from those named on the command line. */
async function build(paths: readonly string[]): Promise<Built> {
  const files = await Promise.all(paths.map(async (path) => {
    const text = await Deno.readTextFile(path);
    const specification: Specification = JSON.parse(text);
    return { name: path.replace(/^.*[\\/]/, ""), text, specification };
  }));
  const drafts = readSpecifications(files.map((file) => file.specification));
  for (const draft of drafts) collectFacts(draft);
  report(applyOverrides(drafts, await readOverrides()));
  collectAnswerOnly(drafts);
  const glossary = await readGlossary();
  for (const draft of drafts) glossary.describe(draft);
  report(glossary.problems());
  const features = await readFeatures(drafts);
  const named = nameDrafts(drafts, features, await readNameTitles(), await readRenames());
  const tools = new Map(named.map(({ draft, tool }) => [`${draft.method} ${draft.path}`, tool]));
  const purposes = await readPurposes(drafts);
  for (const { draft } of named) {
    draft.description = describeDraft(draft, purposes.get(draft.key), (key) => tools.get(key));
  }
  const aliases = Object.fromEntries(Object.entries(features).map(([name, entry]) => [name, entry.aliases ?? []]));
  const collection = asciiJson(writeCollection(named, aliases, await provenanceOf(files)));
  const { endpoints } = readCollectionFile(JSON.parse(collection), COLLECTION);
  report(exampleProblems(endpoints, named));
  return { collection, tools: asciiJson(toolsOf(endpoints)) };
}

function toolsOf(endpoints: readonly Endpoint[]): string {
  const lines = endpoints.map(defineTool).sort((a, b) => a.name < b.name ? -1 : 1).map((tool) => JSON.stringify(tool));
  return `[\n${lines.join(",\n")}\n]\n`;
}

/** Builds, and writes the files or compares them with what is there. */
async function run(args: readonly string[]): Promise<void> {
  const paths = args.filter((argument) => !argument.startsWith("--"));
  if (paths.length === 0) throw new Error("Cannot build the collection: expected the paths of the specifications");
  const { collection, tools } = await build(paths);
  for (const [name, text] of [[COLLECTION, collection], [TOOLS, tools]] as const) {
    const file = new URL(name, DATA);
    if (!args.includes("--check")) await Deno.writeTextFile(file, text);
    else if (text !== await Deno.readTextFile(file)) {
      throw new Error(`"data/${name}" is not what its sources build: run "deno task collection"`);
    }
  }
}

if (import.meta.main) {
  await run(Deno.args).catch(async (error: unknown) => {
    await Deno.stderr.write(new TextEncoder().encode(`${error instanceof Error ? error.message : error}\n`));
    Deno.exit(1);
  });
}

/**
 * Shows how the surface of the working tree differs from that of a base revision, and what both cost a model.
 *
 * It informs and judges nothing: the exit code is 0 whatever changed, and 2 for wrong usage.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { loadTokenCounter, type TokenCounter } from "../src/cli/token_counter.ts";
import { type Base, namedBase, usualBase, withCheckOut } from "./surface/base.ts";
import { type Change, compareItems, compareLines, type Item } from "./surface/compare.ts";
import { type Mode, MODES, readViews, type View, type Views } from "./surface/read.ts";
import { changesText, type Cost, costsText, linesText } from "./surface/report.ts";

const HERE = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

const USAGE = `Usage: deno task surface [--base REVISION] [--all]

Compares what clients see of this working tree with a base revision: by default the place where the branch left main,
on main itself the commit before. --all shows long differences as a whole.
`;

/** What was asked for. */
interface Wish {
  readonly base?: string | undefined;
  readonly all: boolean;
}

async function say(text: string): Promise<void> {
  try {
    await Deno.stdout.write(new TextEncoder().encode(text));
  } catch (error) {
    // The reader has seen enough, as in `deno task surface | head`.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function readArgs(args: readonly string[]): Wish | undefined {
  try {
    const options = { base: { type: "string" }, all: { type: "boolean", default: false } } as const;
    const { base, all } = parseArgs({ args: [...args], options }).values;
    return { base, all };
  } catch {
    return undefined;
  }
}

/** The tools of every mode, each once: those that find and call the others are only in one. */
function allTools(views: Views): readonly Item[] {
  const items = [views["--tools all"], views["--tools discover"]].flatMap((view) => view?.tools ?? []);
  return [...new Map(items.map((item) => [item.name, item])).values()];
}

function differences(before: Views, after: Views): readonly Change[] {
  const [old, now] = [before["--tools all"], after["--tools all"]];
  return [
    ...compareItems(allTools(before), allTools(after), now?.renamed),
    ...compareItems(old?.prompts ?? [], now?.prompts ?? []),
    ...compareItems(old?.templates ?? [], now?.templates ?? []),
  ];
}

function costsOf(before: Views, after: Views, count: TokenCounter): readonly Cost[] {
  const cost = (part: string, mode: Mode, measure: (view: View) => number | undefined): Cost => {
    const [old, now] = [before[mode], after[mode]];
    return { part, before: old && measure(old), after: now && measure(now) };
  };
  const modes = Object.keys(MODES).filter((mode): mode is Mode => mode in MODES);
  return [
    ...modes.map((mode) => cost(mode, mode, ({ listed }) => count(listed.tools))),
    cost("prompts", "--tools all", ({ listed: { prompts } }) => prompts.length === 0 ? undefined : count(prompts)),
    cost("instructions, --tools all", "--tools all", ({ instructions }) => count(instructions)),
    cost("instructions, --tools discover", "--tools discover", ({ instructions }) => count(instructions)),
  ];
}

/** What the base shows; nothing, with the reason said, where that can't be found out. */
async function viewsOfBase(base: Base | undefined): Promise<Views | undefined> {
  const views = base === undefined
    ? undefined
    : await withCheckOut(HERE, base, (directory) => readViews({ directory, offline: true }));
  const name = `${base?.revision.slice(0, 9)} (${base?.reason})`;
  if (views?.["--tools all"] !== undefined) {
    await say(`The surface, compared with ${name}\n\n`);
    return views;
  }
  const reason = base === undefined
    ? "No revision to compare with, as in a shallow clone"
    : views === undefined
    ? `Cannot check out ${name}`
    : `The server of ${name} does not start with the packages that are here`;
  await say(`${reason}: only the present cost is shown\n\n`);
  return undefined;
}

async function report(base: Base | undefined, all: boolean): Promise<number> {
  const before = await viewsOfBase(base);
  const former = before === undefined ? [] : allTools(before).map(({ name }) => name);
  const after = await readViews({ directory: HERE, offline: false, former });
  if (after["--tools all"] === undefined) {
    await say("The server of this working tree doesn't start\n");
    return 1;
  }
  const count = await loadTokenCounter();
  await say(costsText(costsOf(before ?? {}, after, count), before !== undefined));
  if (before === undefined) return 0;
  await say(`\n${changesText(differences(before, after), all)}`);
  for (const mode of ["--tools all", "--tools discover"] as const) {
    const [old, now] = [before[mode], after[mode]];
    if (old === undefined || now === undefined) continue;
    const text = linesText(`Instructions, ${mode}`, compareLines(old.instructions, now.instructions), all);
    if (text !== "") await say(`\n${text}`);
  }
  return 0;
}

async function run(args: readonly string[]): Promise<number> {
  const wish = readArgs(args);
  if (wish === undefined) {
    await say(USAGE);
    return 2;
  }
  const base = wish.base === undefined ? await usualBase(HERE) : await namedBase(HERE, wish.base);
  if (wish.base !== undefined && base === undefined) {
    await say(`Cannot find revision ${JSON.stringify(wish.base)}\n\n${USAGE}`);
    return 2;
  }
  return await report(base, wish.all);
}

if (import.meta.main) Deno.exit(await run(Deno.args));

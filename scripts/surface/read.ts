/**
 * Reads the surface of a working tree: starts its server as clients do, and asks for all that it lists.
 *
 * @module
 */

import { Client, type Prompt, type ResourceTemplateType, type Tool } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { Json, JsonObject } from "../../src/core/json.ts";
import type { Item } from "./compare.ts";

/** The ways to start a server whose surfaces differ, as flags. */
export const MODES = {
  "--tools all": [],
  "--tools all --schema compact": ["--schema", "compact"],
  "--tools discover": ["--tools", "discover"],
} as const satisfies Record<string, readonly string[]>;

/** A way to start a server. */
export type Mode = keyof typeof MODES;

/** What a client sees. */
export interface View {
  readonly instructions: string;
  /** As the protocol writes them, for their tokens. */
  readonly listed: { readonly tools: readonly Tool[]; readonly prompts: readonly Prompt[] };
  readonly tools: readonly Item[];
  readonly prompts: readonly Item[];
  readonly templates: readonly Item[];
  /** Present names of tools by former ones, of those that were asked for. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** The views by their modes; one is absent where the server doesn't know the mode. */
export type Views = Partial<Record<Mode, View>>;

/** A server that says nothing for so long hangs. */
const REQUEST = { timeout: 15_000 } as const;

/** How a server is started. */
export interface ReadOptions {
  /** The working tree. */
  readonly directory: string;
  /** Use only packages that are on this machine. */
  readonly offline: boolean;
  /** Names that a tool may have had before. */
  readonly former?: readonly string[];
}

/** Neither the user's settings nor the user's profiles decide what is listed. */
function cleanEnvironment(home: string): Record<string, string> {
  const kept = Object.entries(Deno.env.toObject()).filter(([name]) => !name.startsWith("WEBEX_"));
  return { ...Object.fromEntries(kept), XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, APPDATA: home, NO_COLOR: "1" };
}

function toJson(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value ?? {}));
}

function toolItem({ name, title, description = "", inputSchema, annotations }: Tool): Item {
  const group = /^\[([^\]]+)\] /.exec(description)?.[1] ?? "The server itself";
  const shown = toJson({ ...(title === undefined ? {} : { title }), ...annotations });
  return { group, name, description, annotations: shown, schema: toJson(inputSchema) };
}

/** A prompt's arguments are texts. */
function promptItem({ name, title = "", description = "", arguments: given = [] }: Prompt): Item {
  const properties: Record<string, Json> = {};
  for (const one of given) properties[one.name] = { type: "string", description: one.description ?? "" };
  const required = given.filter((one) => one.required === true).map((one) => one.name);
  return { group: "Prompts", name, description, annotations: { title }, schema: { properties, required } };
}

function templateItem({ uriTemplate, title = "", description = "", mimeType = "" }: ResourceTemplateType): Item {
  return { group: "Resource templates", name: uriTemplate, description, annotations: { title, mimeType }, schema: {} };
}

/**
 * Finds the present names of tools. A tool that was renamed is found by its former name, and says the present one.
 *
 * @param client A client that is connected to the present server.
 * @param former Names that tools had before.
 * @returns Present names by former ones that still work.
 */
export async function presentNames(
  client: Pick<Client, "readResource">,
  former: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const name of former) {
    const read = await client.readResource({ uri: `webex://tools/${name}` }, REQUEST).catch(() => undefined);
    const [content] = read?.contents ?? [];
    if (content === undefined || !("text" in content)) continue;
    const present: unknown = JSON.parse(content.text).name;
    if (typeof present === "string") names.set(name, present);
  }
  return names;
}

async function viewOf(client: Client, former: readonly string[]): Promise<View> {
  const offers = client.getServerCapabilities() ?? {};
  const { tools } = await client.listTools({}, REQUEST);
  const { prompts } = offers.prompts === undefined ? { prompts: [] } : await client.listPrompts({}, REQUEST);
  const { resourceTemplates } = offers.resources === undefined
    ? { resourceTemplates: [] }
    : await client.listResourceTemplates({}, REQUEST);
  const names = new Set(tools.map(({ name }) => name));
  const gone = offers.resources === undefined ? [] : former.filter((name) => !names.has(name));
  return {
    instructions: client.getInstructions() ?? "",
    listed: { tools, prompts },
    tools: tools.map(toolItem),
    prompts: prompts.map(promptItem),
    templates: resourceTemplates.map(templateItem),
    renamed: await presentNames(client, gone),
  };
}

async function readMode(mode: Mode, home: string, options: ReadOptions): Promise<View | undefined> {
  const { directory, offline, former = [] } = options;
  const client = new Client({ name: "surface", version: "0" });
  const transport = new StdioClientTransport({
    command: Deno.execPath(),
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-all",
      ...(offline ? ["--cached-only"] : []),
      `--config=${directory}/deno.json`,
      `${directory}/main.ts`,
      "serve",
      ...MODES[mode],
    ],
    cwd: directory,
    env: cleanEnvironment(home),
    stderr: "ignore",
  });
  try {
    await client.connect(transport, REQUEST);
  } catch {
    // What refuses a flag ends at once; the reader says that it isn't there.
    await client.close();
    return undefined;
  }
  try {
    return await viewOf(client, mode === "--tools all" ? former : []);
  } catch {
    return undefined;
  } finally {
    await end(client, transport.pid);
  }
}

/** The SDK's own `close` leaves a timer behind when the server is still there, so the server is ended before it. */
async function end(client: Client, pid: number | null): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  client.onclose = resolve;
  try {
    // A connection that is closed already knows no process.
    if (pid === null) return;
    Deno.kill(pid, "SIGTERM");
    await closed;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  } finally {
    await client.close();
  }
}

/**
 * Reads the surface in every mode.
 *
 * @param options Which working tree, and how.
 * @returns The views; empty if the server does not start at all.
 */
export async function readViews(options: ReadOptions): Promise<Views> {
  const home = await Deno.makeTempDir({ prefix: "surface-home-" });
  const modes: Mode[] = ["--tools all", "--tools all --schema compact", "--tools discover"];
  try {
    const views = await Promise.all(modes.map(async (mode) => [mode, await readMode(mode, home, options)] as const));
    return Object.fromEntries(views.filter(([, view]) => view !== undefined));
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

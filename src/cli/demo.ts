/**
 * The command `demo`: the server over stdio against the simulated organization, driven by a real MCP client.
 *
 * @module
 */

import { Client } from "@modelcontextprotocol/client";
import { wholeEnvironment } from "../config/environment.ts";
import { commandFor } from "../core/command.ts";
import { UsageError } from "../core/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { PROGRAM, VERSION } from "../core/version.ts";
import type { ExitCode } from "./grammar/command.ts";
import type { System } from "./system.ts";

const MAX_SHOWN = 220;

/** Ring the agents in turn, five rings each, and keep a call with the group. */
const POLICIES: JsonObject = {
  policy: "CIRCULAR",
  noAnswer: {
    nextAgentEnabled: true,
    nextAgentRings: 5,
    forwardEnabled: false,
    numberOfRings: 15,
    destinationVoicemailEnabled: false,
  },
  businessContinuity: { enabled: false, destinationVoicemailEnabled: false },
  busyRedirect: { enabled: false, destinationVoicemailEnabled: false },
};

/** A call as the demonstration sees it. */
interface Outcome {
  readonly failed: boolean;
  readonly value: JsonObject;
}

/** The server as a child of this process: the same executable, or the same program from source. */
function serverCommand(): { command: string; args: string[] } {
  const serve = ["serve", "--sandbox", "--log-level", "error"];
  if (Deno.build.standalone) return { command: Deno.execPath(), args: serve };
  return { command: Deno.execPath(), args: ["run", "--quiet", "-P=serve", Deno.mainModule, ...serve] };
}

/** The program's own variables are the user's business, not the demonstration's. */
function childEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(wholeEnvironment()).filter(([name]) => !name.startsWith("WEBEX_")));
}

/** Ids are long and opaque; a reader only needs to tell them apart. */
function shortIds(text: string): string {
  return text.replace(/Y2lzY29zcGFyazov[\w-]+/g, (id) => {
    const [kind, uuid = ""] = atob(id.replaceAll("-", "+").replaceAll("_", "/")).split("/").slice(-2);
    return `<${kind} ${uuid.slice(0, 4)}>`;
  });
}

function shown(value: Json | undefined): string {
  const text = shortIds(JSON.stringify(value ?? null));
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text;
}

/** The first object in a list of the body. */
function first(outcome: Outcome, key: string): JsonObject {
  const body = outcome.value.body;
  const list = isJsonObject(body) ? body[key] : undefined;
  const item = Array.isArray(list) ? list[0] : undefined;
  return isJsonObject(item) ? item : {};
}

function bodyOf({ value }: Outcome): JsonObject {
  return isJsonObject(value.body) ? value.body : {};
}

/** Talks to the server and tells what happens. */
class Demonstration {
  /** Calls that went otherwise than a working server lets them go. */
  surprises = 0;

  constructor(readonly client: Client, readonly say: (line: string) => void) {}

  /** Calls a tool as a model would, and shows both sides. */
  async call(purpose: string, name: string, args: JsonObject, fails = false): Promise<Outcome> {
    this.say(`\n${purpose}`);
    this.say(`  → ${name} ${shown(args)}`);
    const result = await this.client.callTool({ name, arguments: args });
    const [content] = result.content;
    const value: Json = content?.type === "text" ? JSON.parse(content.text) : null;
    const outcome = { failed: result.isError === true, value: isJsonObject(value) ? value : {} };
    if (outcome.failed !== fails) this.surprises++;
    const { status_code: status, body, error, guidance } = outcome.value;
    if (!outcome.failed) this.say(`  ← ${status} ${shown(body)}`);
    else this.say(`  ← ${status ?? "not sent"}: ${isJsonObject(error) ? error.message : ""}\n    ${guidance}`);
    return outcome;
  }
}

/** Puts itself in the user's place: the server asks before it deletes anything. */
function answerQuestions(client: Client, say: (line: string) => void): void {
  client.setRequestHandler("elicitation/create", ({ params: { message } }) => {
    for (const line of shortIds(message).split("\n")) say(`  ? ${line}`);
    say("    yes");
    return { action: "accept", content: {} };
  });
}

/** The life of a hunt group: what it needs is looked up, then it is made, changed, read and deleted. */
async function huntGroup(demo: Demonstration): Promise<void> {
  const locations = await demo.call("Which locations are there?", "locations_list_locations", {});
  const { id: locationId, name: location } = first(locations, "items");
  const people = await demo.call(`Who works in ${location}?`, "people_list_people", {
    locationId: locationId ?? "",
    callingData: true,
  });
  const { id: personId, displayName } = first(people, "items");
  const group = { name: "Demo Support", extension: "7991", enabled: true, callPolicies: POLICIES };
  const created = await demo.call(
    `Make a hunt group with ${displayName} as its agent.`,
    "hunt_group_create_a_hunt_group",
    { locationId: locationId ?? "", ...group, agents: [{ id: personId ?? "" }] },
  );
  const huntGroupId = bodyOf(created).id ?? "";
  const place = { locationId: locationId ?? "", huntGroupId };
  await demo.call("Rename it.", "hunt_group_update_a_hunt_group", { ...place, name: "Demo Help Desk" });
  await demo.call("Read it again.", "hunt_group_get_details_for_a_hunt_group", place);
  await demo.call("Delete it; the user is asked first.", "hunt_group_delete_a_hunt_group", place);
  await demo.call("Is it gone?", "hunt_group_get_details_for_a_hunt_group", place, true);
}

async function run(client: Client, say: (line: string) => void): Promise<number> {
  const { tools } = await client.listTools();
  const size = JSON.stringify(tools).length;
  say(`Connected to ${client.getServerVersion()?.name} over stdio with MCP ${client.getNegotiatedProtocolVersion()}.`);
  say(`It lists ${tools.length} tools in one page of ${Math.round(size / 1024)} KiB.`);
  const demo = new Demonstration(client, say);
  await huntGroup(demo);
  const slip = "A slip in an argument's name is refused here, before anything is sent.";
  await demo.call(slip, "people_list_people", { locationID: "x" }, true);
  return demo.surprises;
}

/**
 * Runs the demonstration.
 *
 * @param system The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If the program may not start another process.
 */
export async function runDemo(system: System): Promise<ExitCode> {
  const say = (line: string) => system.stdout.write(`${line}\n`);
  const client = new Client({ name: `${PROGRAM}-demo`, version: VERSION }, {
    versionNegotiation: { mode: { pin: "2026-07-28" } },
    capabilities: { elicitation: { form: {} } },
  });
  answerQuestions(client, say);
  try {
    // Loading it reads the environment already.
    const { StdioClientTransport } = await import("@modelcontextprotocol/client/stdio");
    // The client by itself passes on little, and the server may need DENO_DIR or a proxy.
    const transport = new StdioClientTransport({ ...serverCommand(), env: childEnvironment(), stderr: "inherit" });
    await client.connect(transport);
    const surprises = await run(client, say);
    say("\nThat was the simulated organization: nothing reached Webex.");
    return surprises === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new UsageError("Cannot start the server for the demonstration: the program may not start processes", {
      code: "missing_permission",
      guidance: `Run "${commandFor("demo")}", or start the program with --allow-run and --allow-env.`,
      cause: error,
    });
  } finally {
    await client.close();
  }
}

/**
 * The command lines that `deploy/` and `docs/operations.md` tell somebody to start.
 *
 * @module
 */

import { splitWords } from "../../src/config/words.ts";
import { COMPOSE, CONTAINER, readProjectFile, serviceElement, unitValues, valueAt, wordsOf } from "./deploy_files.ts";

/** Where a command line is, and its words after the program's name. */
export type NamedCommand = readonly [place: string, args: readonly string[]];

/** The list after CMD or ENTRYPOINT is JSON. */
function dockerCommands(): NamedCommand[] {
  const text = readProjectFile("deploy/Dockerfile");
  return [...text.matchAll(/^\s*CMD (\[.*\])$/gm)].map(([, list = "[]"]) => {
    const words = wordsOf(JSON.parse(list));
    return ["Dockerfile", words[0]?.startsWith("/") === true ? words.slice(1) : words];
  });
}

/** In blocks, where a line that ends in a backslash goes on, and within sentences. */
function documentedCommands(): NamedCommand[] {
  const page = readProjectFile("docs/operations.md");
  const blocks = [...page.matchAll(/^```(?:sh|powershell)\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
  const blockLines = blocks.flatMap((text) => text.replaceAll(/\\\n\s*/g, "").split("\n"));
  const inline = [...page.matchAll(/`(webex-calling-mcp [^`]+)`/g)].map(([, text = ""]) => text.replaceAll("\n", " "));
  const lines = [...blockLines, ...inline];
  return lines.flatMap((line): NamedCommand[] => {
    const text = line.replace(/\s+#.*$/, "").replace(/\s*(?:&&|\|).*$/, "");
    const found = /(?:^|\s|\\)webex-calling-mcp(?:\.exe|:0\.1\.0)?\s+((?:serve|health|token|audit)\b.*)$/.exec(text)
      ?.[1];
    return found === undefined ? [] : [[`operations.md: ${line}`, splitWords(found, "docs/operations.md")]];
  });
}

/** Every command line, the program's name left out. */
export const COMMANDS: readonly NamedCommand[] = [
  ...dockerCommands(),
  ["compose.yaml", wordsOf(valueAt(COMPOSE, "services", "mcp-1", "command"))],
  ["compose.yaml, health", wordsOf(valueAt(COMPOSE, "services", "mcp-1", "healthcheck", "test")).slice(2)],
  ["Kubernetes", wordsOf(valueAt(CONTAINER, "args"))],
  ["systemd", splitWords(unitValues("ExecStart")[0] ?? "", "ExecStart").slice(1)],
  ["Windows", splitWords(serviceElement("arguments").replaceAll("&quot;", '"'), "arguments")],
  ...documentedCommands(),
];

/**
 * The command `collection`: checks collection files.
 *
 * @module
 */

import { namespaceOf, parseCollection } from "../collection/load.ts";
import type { Collection } from "../collection/endpoint.ts";
import { columns } from "./columns.ts";
import type { CollectionCommand, ExitCode } from "./grammar/command.ts";
import type { System } from "./system.ts";
import { readTextFile } from "./text_file.ts";

/** What a file holds. */
interface Contents {
  readonly path: string;
  readonly namespace: string;
  readonly endpoints: number;
  readonly features: Readonly<Record<string, number>>;
}

function contentsOf(path: string, { namespace, endpoints }: Collection): Contents {
  const groups = Map.groupBy(endpoints, ({ feature }) => feature);
  return {
    path,
    namespace,
    endpoints: endpoints.length,
    features: Object.fromEntries([...groups].map(([feature, group]) => [feature, group.length])),
  };
}

function textOf({ path, namespace, endpoints, features }: Contents): string {
  const counts = Object.entries(features).map(([feature, count]) => [String(count), feature]);
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const head = `${path}: ${plural(endpoints, "operation")} in ${
    plural(counts.length, "feature")
  }, tools begin with "${namespace}_"`;
  return `${head}\n${columns(counts, "  ", [0])}`;
}

/**
 * Reads files as `--collection` does, and prints how many operations each feature has.
 *
 * @param command The files' paths.
 * @param system The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If a file cannot be read, or is malformed; nothing is printed then.
 */
export async function runCollection({ paths, json }: CollectionCommand, system: System): Promise<ExitCode> {
  const all: Contents[] = [];
  for (const path of paths) {
    const text = await readTextFile(path, system.readTextFile);
    all.push(contentsOf(path, await parseCollection(text, path, namespaceOf(path))));
  }
  system.stdout.write(json ? `${JSON.stringify(all, undefined, 2)}\n` : all.map(textOf).join("\n"));
  return 0;
}

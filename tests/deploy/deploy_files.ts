/**
 * Reads the files of `deploy/`, and the commands in them.
 *
 * @module
 */

import { parse, parseAllDocuments } from "yaml";
import { isRecord } from "../../src/core/json.ts";

const ROOT = new URL("../../", import.meta.url);

/** A path below the project's, as `deploy/compose.yaml`, and what the file holds. */
export interface DeployFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads a file of the project.
 *
 * @param path Its path, as `deploy/compose.yaml`.
 * @returns Its text.
 */
export function readProjectFile(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

function filesBelow(folder: string): DeployFile[] {
  return [...Deno.readDirSync(new URL(`${folder}/`, ROOT))].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    // What an operator put there is no file of the project.
    if (path === "deploy/secrets" || path === "deploy/compose/config/callers") return [];
    return isDirectory ? filesBelow(path) : [{ path, text: readProjectFile(path) }];
  });
}

/** Every file of `deploy/`. */
export const DEPLOY_FILES: readonly DeployFile[] = filesBelow("deploy");

/**
 * Finds a value in YAML or JSON.
 *
 * @param value Where to look.
 * @param path The keys and positions that lead to it.
 * @returns The value, or `undefined` if it isn't there.
 */
export function valueAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, key) => {
    if (Array.isArray(found)) return typeof key === "number" ? found[key] : undefined;
    return isRecord(found) ? found[String(key)] : undefined;
  }, value);
}

/** `compose.yaml`, its anchors resolved. */
export const COMPOSE: unknown = parse(readProjectFile("deploy/compose.yaml"), { merge: true });

/**
 * Reads the manifests of a file.
 *
 * @param path The file's path.
 * @returns Its documents.
 */
export function manifestsOf(path: string): readonly unknown[] {
  // YAML 1.1, as Kubernetes reads it: 0440 is octal.
  return parseAllDocuments(readProjectFile(path), { version: "1.1" }).map((document) => document.toJS());
}

/** The Deployment of the server. */
export const DEPLOYMENT: unknown = manifestsOf("deploy/kubernetes/base/deployment.yaml")[0];

/** The container of the server in {@linkcode DEPLOYMENT}. */
export const CONTAINER: unknown = valueAt(DEPLOYMENT, "spec", "template", "spec", "containers", 0);

/**
 * Takes a list of words.
 *
 * @param value A list, or something else.
 * @returns Its texts.
 */
export function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}

/**
 * Reads a setting of a unit of systemd.
 *
 * @param name The setting.
 * @returns All its values, in order.
 */
export function unitValues(name: string): string[] {
  const unit = readProjectFile("deploy/systemd/webex-calling-mcp.service");
  return [...unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value = ""]) => value);
}

/**
 * Reads an element of the Windows service.
 *
 * @param name The element.
 * @returns What stands in it.
 */
export function serviceElement(name: string): string {
  const text = readProjectFile("deploy/windows/webex-calling-mcp.xml");
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? "";
}

/**
 * Finds the endpoint that a method and a path mean.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";

interface Node {
  readonly literals: Map<string, Node>;
  parameter?: Node;
  /** Endpoints that end here, by method. */
  readonly endpoints: Map<string, Endpoint>;
}

/** What a path leads to. */
export interface Route {
  readonly endpoint: Endpoint;
  /** Decoded path values, by parameter name. */
  readonly params: Readonly<Record<string, string>>;
}

/** A path that exists, though not with the method asked for. */
export interface OtherMethods {
  readonly allow: readonly string[];
}

const PARAMETER_REGEXP = /^\{(.+)\}$/;

function segments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** All paths of a collection, as a tree of segments. */
export class Router {
  readonly #root: Node = { literals: new Map(), endpoints: new Map() };

  /** @param endpoints The endpoints to find. */
  constructor(endpoints: readonly Endpoint[]) {
    for (const endpoint of endpoints) {
      let node = this.#root;
      for (const segment of segments(endpoint.path)) {
        node = PARAMETER_REGEXP.test(segment) ? parameterOf(node) : literalOf(node, segment);
      }
      if (!node.endpoints.has(endpoint.method)) node.endpoints.set(endpoint.method, endpoint);
    }
  }

  /**
   * Finds an endpoint; a literal segment wins over a parameter, and a trailing slash makes no difference.
   *
   * @param method The HTTP method.
   * @param path The path below the base URL, still percent-encoded.
   * @returns The endpoint with its path values, the other methods of that path, or `undefined` for an unknown path.
   */
  find(method: string, path: string): Route | OtherMethods | undefined {
    const parts = segments(path);
    const allow = new Set<string>();
    const endpoint = search(this.#root, parts, 0, method, allow);
    if (endpoint !== undefined) return { endpoint, params: paramsOf(endpoint.path, parts) };
    return allow.size === 0 ? undefined : { allow: [...allow].sort() };
  }
}

function parameterOf(node: Node): Node {
  node.parameter ??= { literals: new Map(), endpoints: new Map() };
  return node.parameter;
}

function literalOf(node: Node, segment: string): Node {
  let next = node.literals.get(segment);
  if (next === undefined) node.literals.set(segment, next = { literals: new Map(), endpoints: new Map() });
  return next;
}

function search(
  node: Node,
  parts: readonly string[],
  index: number,
  method: string,
  allow: Set<string>,
): Endpoint | undefined {
  const part = parts[index];
  if (part === undefined) {
    for (const known of node.endpoints.keys()) allow.add(known);
    return node.endpoints.get(method);
  }
  const literal = node.literals.get(part);
  return (literal && search(literal, parts, index + 1, method, allow)) ??
    (node.parameter && search(node.parameter, parts, index + 1, method, allow));
}

function paramsOf(template: string, parts: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  segments(template).forEach((segment, index) => {
    const name = PARAMETER_REGEXP.exec(segment)?.[1];
    if (name !== undefined) params[name] = decode(parts[index] ?? "");
  });
  return params;
}

/**
 * Tells a further collection what is known of operations that the embedded one has, too.
 *
 * A document that repeats an operation of Webex Calling knows less of what it does, or pretends to: by the method alone, a
 * POST that ends a location is as harmless as any.
 *
 * @module
 */

import { operationKey } from "./api_path.ts";
import type { Collection, Endpoint, Facts } from "./endpoint.ts";

/** Of two accounts of one operation the graver counts. */
function graver(own: Facts, known: Facts): Facts {
  const danger = known.danger ?? own.danger;
  return {
    ...own,
    kind: own.kind === "write" || known.kind === "write" ? "write" : "read",
    destructive: own.destructive || known.destructive,
    idempotent: own.idempotent && known.idempotent,
    ...(danger === undefined ? {} : { danger }),
  };
}

/**
 * Adds what is known.
 *
 * @param collection A further collection.
 * @param known The endpoints whose facts are known.
 * @returns The collection; endpoints that are not known stay as they are.
 */
export function withKnownFacts(collection: Collection, known: readonly Endpoint[]): Collection {
  const facts = new Map(known.map((endpoint) => [operationKey(endpoint), endpoint.facts]));
  const endpoints = collection.endpoints.map((endpoint) => {
    const found = facts.get(operationKey(endpoint));
    return found === undefined ? endpoint : { ...endpoint, facts: graver(endpoint.facts, found) };
  });
  return { ...collection, endpoints };
}

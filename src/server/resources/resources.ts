/**
 * MCP resources: the catalogue, its features and tools, and kept results.
 *
 * @module
 */

import { type Resource, ResourceNotFoundError, type Server } from "@modelcontextprotocol/server";
import { guessText } from "../../core/guess.ts";
import type { Catalogue } from "../../tools/catalogue.ts";
import type { CatalogueIndex, Feature } from "../../tools/catalogue_index.ts";
import { RESULT_URI, type ResultStore } from "../../tools/results/result_store.ts";
import { hidingErrors } from "../hidden_error.ts";
import { CATALOGUE_URI, FEATURE_TEMPLATE, featureUri, readAddress, TOOL_TEMPLATE } from "./addresses.ts";
import { catalogueText, countsOf, featuresText, toolText } from "./content.ts";
import { RESULT_TEMPLATE, resultResources, resultText } from "./results.ts";

/** Where resources come from. */
export interface ResourceParts {
  readonly catalogue: Pick<Catalogue, "find" | "endpoints">;
  readonly index: CatalogueIndex;
  readonly results: ResultStore;
  /** Says why there is no tool of a name. */
  readonly explain: (tool: string) => Promise<string>;
  /** Every caller sees the same catalogue, so that a cache between may keep it for all. */
  readonly isPublic: boolean;
  /** Takes secrets out of a text. */
  readonly hide: (text: string) => string;
}

const MIME_TYPE = "application/json";

/** What is the same for every caller and never changes while the program runs. */
const LASTING = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** The catalogue of one caller. */
const OWN = { ...LASTING, cacheScope: "private" } as const;

/** Results come and go with every call, and belong to whoever made it. */
const PASSING = { ttlMs: 0, cacheScope: "private" } as const;

/** What is read, and how long it holds. */
interface Content {
  readonly text: string;
  readonly cache: typeof LASTING | typeof OWN | typeof PASSING;
}

const TEMPLATES = [
  {
    uriTemplate: FEATURE_TEMPLATE,
    name: "feature",
    title: "Feature",
    description: "The tools of a feature; its name in any case and punctuation, with or without its group",
    mimeType: MIME_TYPE,
  },
  {
    uriTemplate: TOOL_TEMPLATE,
    name: "tool",
    title: "Tool",
    description: "What is needed to call a tool: description, input schema, method, path, scopes",
    mimeType: MIME_TYPE,
  },
  {
    uriTemplate: RESULT_TEMPLATE,
    name: "result",
    title: "Long result",
    description: "A result that was too long to be shown whole, for half an hour after it was last read",
    mimeType: MIME_TYPE,
  },
];

const CATALOGUE: Resource = {
  uri: CATALOGUE_URI,
  name: "catalogue",
  title: "Catalogue",
  description: "How many tools there are, and all features with their addresses",
  mimeType: MIME_TYPE,
};

function featureResource({ name, endpoints }: Feature): Resource {
  const { read_tools: reads, write_tools: writes } = countsOf(endpoints);
  return {
    uri: featureUri(name),
    name,
    description: `Tools of this feature: ${reads} that read, ${writes} that change`,
    mimeType: MIME_TYPE,
  };
}

async function featureText(index: CatalogueIndex, uri: string, name: string): Promise<string> {
  const features = await index.matching(name);
  if (features.length > 0) return featuresText(features);
  const nearest = await index.nearest(name);
  const hint = nearest.length === 0 ? `; ${CATALOGUE_URI} lists all` : guessText(nearest, ";");
  throw new ResourceNotFoundError(uri, `There is no feature "${name}" here${hint}`);
}

function nothingAt(uri: string): ResourceNotFoundError {
  const shown = uri.slice(0, 80).toWellFormed();
  if (uri.startsWith(RESULT_URI)) return new ResourceNotFoundError(uri, `There is no result "${shown}" any more`);
  const expected = [CATALOGUE_URI, ...TEMPLATES.map(({ uriTemplate }) => uriTemplate)].join(", ");
  return new ResourceNotFoundError(uri, `There is no resource "${shown}": expected ${expected}`);
}

/** @throws {ResourceNotFoundError} If nothing is there; the message names what comes closest. */
async function contentOf(parts: ResourceParts, uri: string): Promise<Content> {
  const { catalogue, index, results, explain, isPublic } = parts;
  const address = readAddress(uri);
  const cache = isPublic ? LASTING : OWN;
  switch (address.kind) {
    case "catalogue":
      return { text: catalogueText(await index.features()), cache };
    case "feature":
      return { text: await featureText(index, uri, address.name), cache };
    case "tool": {
      const endpoint = await catalogue.find(address.name);
      if (endpoint === undefined) throw new ResourceNotFoundError(uri, await explain(address.name));
      return { text: toolText(endpoint, await catalogue.endpoints()), cache };
    }
    case "other": {
      const text = await resultText(results, uri);
      if (text === undefined) throw nothingAt(uri);
      return { text, cache: PASSING };
    }
  }
}

/**
 * Answers `resources/list`, `resources/templates/list` and `resources/read`.
 *
 * @param server A server that has declared the capability `resources` and is not connected yet.
 * @param parts Where the resources come from.
 */
export function registerResources(server: Server, parts: ResourceParts): void {
  const { index, results, hide } = parts;
  server.setRequestHandler("resources/list", async () => {
    const features = (await index.features()).map(featureResource);
    return { resources: [CATALOGUE, ...features, ...await resultResources(results)], ...PASSING };
  });
  server.setRequestHandler("resources/templates/list", () => ({ resourceTemplates: TEMPLATES, ...LASTING }));
  server.setRequestHandler("resources/read", async ({ params: { uri } }) => {
    const { text, cache } = await hidingErrors(hide, () => contentOf(parts, uri));
    return { contents: [{ uri, mimeType: MIME_TYPE, text: hide(text) }], ...cache };
  });
}

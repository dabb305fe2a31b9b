/**
 * Collections that are legal, and as unpleasant as that allows.
 *
 * @module
 */

import fc from "fast-check";

/** Texts that break careless code. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "prototype",
    "hasOwnProperty",
    "length",
    "",
    " ",
    "a/b",
    "~1",
  ),
  fc.constantFrom("id", "name", "max", "日本語", "naïve", "a".repeat(200), "\u202e\u0000", "\ud800", "🙂", "GET"),
  fc.string({ maxLength: 12 }),
);

/** The same, but with at least one character, as the names of parameters must have. */
export const hostileName: fc.Arbitrary<string> = hostileText.filter((text) => text !== "");

function optional(members: Record<string, fc.Arbitrary<unknown>>, ...requiredKeys: string[]): fc.Arbitrary<object> {
  return fc.record(members, { requiredKeys }).map((value): object => value);
}

function named(value: fc.Arbitrary<unknown>, keys: fc.Arbitrary<string> = hostileText): fc.Arbitrary<object> {
  return fc.array(fc.tuple(keys, value), { maxLength: 4 }).map((entries): object => Object.fromEntries(entries));
}

function list(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  return fc.array(value, { maxLength: 3 });
}

const REFERENCES = ["#/components/schemas/A", "#/components/schemas/__proto__", "#/components/schemas/A/properties/b"];

const { schema, structure } = fc.letrec<{ schema: unknown; structure: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>({}, null, true, { type: "string" }, { type: ["integer", "null"] }, { enum: ["a", "a"] }),
    fc.constantFrom(...REFERENCES).map(($ref) => ({ $ref, description: "A reference" })),
    tie("structure"),
  ),
  structure: optional({
    type: fc.constantFrom("object", "array", "string", "file", null),
    properties: named(tie("schema").map((part) => part ?? {})),
    required: fc.oneof(list(hostileText), fc.boolean()),
    items: tie("schema"),
    allOf: list(tie("schema").map((part) => part ?? {})),
    oneOf: list(tie("schema").map((part) => part ?? {})),
    additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
    pattern: fc.constantFrom("^a$", "(?i)x", "[", 5),
    minLength: fc.oneof(fc.integer(), fc.constant("1")),
    default: fc.jsonValue(),
    example: fc.jsonValue(),
    "x-unknown": fc.jsonValue(),
  }),
}));

const schemas = fc.tuple(structure, structure, named(structure)).map(([first, second, more]): object => ({
  ...more,
  A: { ...first, properties: { b: { type: "string" }, self: { $ref: "#/components/schemas/A" } } },
  ["__proto__"]: second,
}));

const parameter = fc.oneof(
  optional(
    { in: fc.constantFrom("query", "path", "cookie"), name: hostileName, schema, required: fc.boolean() },
    "in",
    "name",
  ),
  optional(
    { in: fc.constant("header"), name: fc.constantFrom("X-A", "x-a", "Host", "__proto__"), schema },
    "in",
    "name",
  ),
  optional(
    {
      in: fc.constant("query"),
      name: hostileName,
      schema,
      style: fc.constantFrom("form", "deepObject", "pipeDelimited", null),
      explode: fc.boolean(),
      description: hostileText,
    },
    "in",
    "name",
  ),
  optional(
    { in: fc.constant("query"), name: hostileName, content: fc.constant({ "application/json": {} }) },
    "in",
    "name",
  ),
);

const mediaType = fc.constantFrom(
  "application/json",
  "multipart/form-data",
  "*/*",
  "application/x+json; q=1",
  "text/csv",
);
const encoding = named(optional({ contentType: fc.constantFrom("image/png", "audio/wav, audio/mpeg") }));
const content = named(optional({ schema, encoding }), mediaType);
const server = fc.constantFrom<unknown>(
  "/x",
  { url: "https://{a}.example/" },
  "https://b.example",
  { url: "" },
  "ftp://c.example",
);
const operation = optional({
  tags: list(hostileText),
  operationId: hostileText,
  summary: hostileText,
  description: fc.string(),
  parameters: list(parameter),
  requestBody: optional({ required: fc.boolean(), content }),
  responses: named(optional({ content }), fc.constantFrom("200", "204", "default", "__proto__", "4XX", "x-note")),
  deprecated: fc.boolean(),
  servers: list(server),
  callbacks: fc.jsonValue(),
});

const path = fc.constantFrom(
  "/a",
  "/a/{id}",
  "/a/{id}/{id}",
  "/{__proto__}/{constructor}",
  "/日本/{naïve}",
  "/",
  `/${"b".repeat(200)}`,
);

/** OpenAPI documents that must be read. */
export const hostileOpenApi: fc.Arbitrary<object> = optional(
  {
    openapi: fc.constantFrom("3.0.0", "3.1.0", 3.1),
    info: optional({ title: hostileText }),
    servers: list(server),
    paths: named(
      fc.tuple(
        named(operation, fc.constantFrom("get", "put", "post", "delete", "patch", "trace", "x-note")),
        list(parameter),
      )
        .map(([item, parameters]): object => ({ ...item, parameters })),
      path,
    ),
    components: schemas.map((value) => ({ schemas: value })),
  },
  "openapi",
  "components",
  "paths",
);

const entry = optional(
  {
    id: fc.oneof(hostileText, fc.integer()),
    title: hostileText,
    tool: fc.oneof(hostileText, fc.constantFrom("people_list", "people_get")),
    method: fc.constantFrom("get", "PUT", "Post", "delete", "PATCH", "TRACE"),
    path,
    facts: optional({
      kind: fc.constant("write"),
      destructive: fc.boolean(),
      scopes: list(hostileText),
      paging: optional({ style: fc.constantFrom("offset", "cursor", "window"), max: fc.integer({ min: 1 }) }, "style"),
    }),
    spec: optional({ spec: operation, meta: optional({ servers: list(server) }) }),
  },
  "method",
  "path",
);

function operationKey(value: object): string {
  return "method" in value && "path" in value ? `${value.method} ${value.path}`.toLowerCase() : "";
}

/** Collection files that must be read. */
export const hostileCollectionFile: fc.Arbitrary<object> = fc.tuple(
  optional({
    version: fc.jsonValue(),
    servers: list(server),
    features: named(optional({ aliases: list(hostileText) })),
    components: schemas.map((value) => ({ schemas: value })),
  }, "components"),
  fc.uniqueArray(entry, { maxLength: 8, selector: operationKey }),
  fc.array(hostileText, { minLength: 1, maxLength: 3 }),
).map(([rest, entries, features]): object => {
  const groups = Map.groupBy(entries.entries(), ([index]) => features[index % features.length]);
  const endpoints = Object.fromEntries(
    [...groups].map(([feature, group]) => [feature, group.map(([, value]) => value)]),
  );
  return { ...rest, endpoints };
});

const replacement = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom<unknown>("__proto__", -1, [[]], { $ref: "#" }, { $ref: "#/components/schemas/Nobody" }, "/../a"),
);

/**
 * Replaces one value, anywhere, by another.
 *
 * @param original What to damage.
 * @returns JSON texts that differ from it in one place.
 */
export function damaged(original: fc.Arbitrary<object>): fc.Arbitrary<string> {
  return fc.tuple(original, fc.nat(), replacement).map(([root, choice, value]) => {
    const text = JSON.stringify(root);
    let count = 0;
    JSON.parse(text, (_, old) => (count++, old));
    let index = 0;
    return JSON.stringify(JSON.parse(text, (_, old) => index++ === choice % count ? value : old) ?? null);
  });
}

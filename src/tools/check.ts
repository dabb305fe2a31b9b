/**
 * Checks arguments against a tool's schema and says what is wrong in words.
 *
 * @module
 */

import { Ajv } from "@modelcontextprotocol/server/validators/ajv";
import { isSecretArgument, redact, REDACTED } from "../core/redaction.ts";
import { nearestNames } from "../collection/nearest.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { InputSchema, PlainSchema } from "./definitions/input_schema.ts";

/** One thing wrong with the arguments. */
export interface Problem {
  readonly kind: "missing" | "unknown" | "invalid";
  /** The argument, with the place in it: `agents[0].id`. */
  readonly argument: string;
  /** A sentence that names the argument and what was expected. */
  readonly message: string;
  /** What was expected, in words. */
  readonly expected?: string;
  /** The closest declared names. */
  readonly nearest?: readonly string[];
}

const MAX_PROBLEMS = 10;
/** Of so many complaints, and of so many names, the telling ones are looked for: looking takes time. */
const MAX_ERRORS = 200;
const MAX_SHOWN = 60;

// Compiled at a tool's first call; Ajv keeps what it compiled, by schema object.
type Validators = InstanceType<typeof Ajv>;
let ajv: Validators | undefined;

type Validator = ReturnType<Validators["compile"]>;
type ErrorObject = NonNullable<Validator["errors"]>[number];

/** Patterns are left to the service: one in a further collection could take forever, and stop the whole server. */
function newAjv(): Validators {
  const own = new Ajv({ allErrors: true, strict: false, validateFormats: false, addUsedSchema: false, verbose: true });
  return own.removeKeyword("pattern").addKeyword("pattern");
}

function validatorOf(schema: InputSchema): Validator {
  ajv ??= newAjv();
  return ajv.compile(schema);
}

function place(pointer: string): string {
  const steps = pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce(
    (path, step) => path === "" ? step : /^\d+$/.test(step) ? `${path}[${step}]` : `${path}.${step}`,
    "",
  );
}

/** A refusal says which value is wrong, but never repeats a PIN or a password. */
function shown(value: unknown): string {
  const text = redact(JSON.stringify(value) ?? String(value), []);
  // A cut can part a surrogate pair.
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

function describeExpected(schema: PlainSchema | undefined): string {
  if (schema === undefined) return "a value";
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(", ")}`;
  const type = [schema.type ?? "value"].flat().join(" or ");
  return schema.description === undefined ? type : `${type} (${schema.description})`;
}

function own(properties: PlainSchema["properties"], name: string): PlainSchema | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The part of the schema that a pointer into the arguments leads to. */
function schemaAt(schema: InputSchema, pointer: string): PlainSchema | undefined {
  let here: PlainSchema | undefined = schema;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const rest: PlainSchema | undefined = typeof here?.additionalProperties === "object"
      ? here.additionalProperties
      : undefined;
    here = own(here?.properties, name) ?? here?.items ?? rest;
  }
  return here;
}

function missing(error: ErrorObject, schema: InputSchema): Problem {
  const parent = place(error.instancePath);
  const name = String(error.params.missingProperty);
  const argument = parent === "" ? name : `${parent}.${name}`;
  const expected = describeExpected(schemaAt(schema, `${error.instancePath}/${name}`));
  return { kind: "missing", argument, expected, message: `Missing argument "${argument}": expected ${expected}` };
}

function unknown(error: ErrorObject, schema: InputSchema, answerOnly: readonly string[]): Problem {
  const argument = String(error.params.additionalProperty);
  if (answerOnly.includes(argument)) {
    const message = `Argument "${argument}" cannot be sent: it belongs to the answer only, leave it out`;
    return { kind: "unknown", argument, nearest: [], message };
  }
  return unknownName(argument, argument, Object.keys(schema.properties));
}

function unknownName(argument: string, name: string, declared: readonly string[]): Problem {
  const nearest = nearestNames(name, declared);
  const hint = nearest.length === 0
    ? declared.length === 0 ? "the tool takes none" : `declared are ${declared.map((n) => `"${n}"`).join(", ")}`
    : `did you mean ${nearest.map((n) => `"${n}"`).join(" or ")}?`;
  return { kind: "unknown", argument, nearest, message: `Unknown argument "${argument}": ${hint}` };
}

const BOUNDS: Readonly<Record<string, string>> = {
  minLength: "at least {} characters",
  maxLength: "at most {} characters",
  minItems: "at least {} items",
  maxItems: "at most {} items",
};

/** The types of all choices. */
function expectedTypes({ schema }: ErrorObject): string {
  const choices: PlainSchema[] = Array.isArray(schema) ? schema : [];
  return [...new Set(choices.flatMap(({ type }) => type ?? "value"))].join(" or ");
}

/** Of what a choice's alternatives complain of, only that counts which comes from one whose type the value has. */
function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const dropped = new Set<ErrorObject>();
  for (const choice of errors) {
    if (choice.keyword !== "anyOf") continue;
    const root = `${choice.schemaPath}/`;
    const wrongType = (error: ErrorObject) => error.keyword === "type" && error.instancePath === choice.instancePath;
    const inside = errors.filter(({ schemaPath }) => schemaPath.startsWith(root));
    const branches = Map.groupBy(inside, ({ schemaPath }) => schemaPath.slice(root.length).split("/")[0]);
    const unfit = [...branches.values()].filter((branch) => branch.some(wrongType));
    for (const error of unfit.flat()) dropped.add(error);
    const told = errors.some((error) => wrongType(error) && !inside.includes(error));
    if (told || unfit.length < branches.size) dropped.add(choice);
  }
  return dropped.size === 0 ? errors : errors.filter((error) => !dropped.has(error));
}

function expectation(error: ErrorObject): string {
  const { keyword, params, message } = error;
  if (keyword === "enum") {
    return `one of ${params.allowedValues.map((value: unknown) => JSON.stringify(value)).join(", ")}`;
  }
  if (keyword === "type") return [params.type].flat().join(" or ");
  if (keyword === "const") return JSON.stringify(params.allowedValue);
  if (keyword === "uniqueItems") return "no item twice";
  if (keyword === "anyOf") return expectedTypes(error);
  const bound = BOUNDS[keyword];
  if (bound !== undefined) return bound.replace("{}", String(params.limit));
  return (message ?? keyword).replace(
    /^must (be|match|have|NOT have)\s+/,
    (_, verb: string) => verb === "be" ? "" : `${verb === "match" ? "a match of" : verb} `,
  );
}

function invalid(error: ErrorObject): Problem {
  const argument = place(error.instancePath);
  const expected = expectation(error);
  return {
    kind: "invalid",
    argument,
    expected,
    message: `Argument "${argument}" is ${
      argument.split(/[.[\]]+/).some(isSecretArgument) ? REDACTED : shown(error.data)
    }: expected ${expected}`,
  };
}

/** A nested member that isn't declared may be newer than the specification; one that nearly is, is a slip. */
function slips(value: Json, schema: PlainSchema, path: string, names: { left: number }): Problem[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, index) => slips(item, items, `${path}[${index}]`, names));
  }
  const { properties = {}, additionalProperties: rest } = schema;
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = path === "" ? name : `${path}.${name}`;
    const known = own(properties, name);
    if (known !== undefined) return slips(member, known, inner, names);
    if (typeof rest === "object") return slips(member, rest, inner, names);
    if (path === "" || rest === true || names.left-- <= 0) return [];
    const meant = Object.keys(properties).filter((known) => !Object.hasOwn(value, known));
    const problem = unknownName(inner, name, meant);
    return problem.nearest?.some((known) => similar(known, name)) ? [problem] : [];
  });
}

/** The same letters but for case and punctuation, or one letter apart. */
function similar(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  if (x === undefined || y === undefined || x === y) return true;
  if (Math.min(x.length, y.length) < 5 || Math.abs(x.length - y.length) > 1) return false;
  let start = 0;
  while (start < x.length && x[start] === y[start]) start++;
  let end = 0;
  while (end < Math.min(x.length, y.length) - start && x.at(-1 - end) === y.at(-1 - end)) end++;
  return Math.max(x.length, y.length) - start - end <= 1;
}

/**
 * Checks the arguments of a call.
 *
 * @param args The arguments, coerced.
 * @param schema The tool's input schema; it is compiled at the tool's first call.
 * @param answerOnly Names that come with the answer that reads the same object, and cannot be sent back.
 * @returns What is wrong, at most ten problems; empty when the call can be sent.
 */
export function checkArguments(
  args: JsonObject,
  schema: InputSchema,
  answerOnly: readonly string[] = [],
): Problem[] {
  const validate = validatorOf(schema);
  const errors = validate(args) ? [] : validate.errors ?? [];
  const problems = relevant(errors.slice(0, MAX_ERRORS)).map((error) => {
    if (error.keyword === "required") return missing(error, schema);
    if (error.keyword === "additionalProperties") return unknown(error, schema, answerOnly);
    return invalid(error);
  });
  // A mistyped name explains the missing argument that comes with it.
  const telling = ({ nearest }: Problem) => nearest === undefined || nearest.length === 0 ? 1 : 0;
  return [...problems, ...slips(args, schema, "", { left: MAX_ERRORS })].toSorted((a, b) => telling(a) - telling(b))
    .slice(0, MAX_PROBLEMS);
}

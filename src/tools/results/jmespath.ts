/**
 * JMESPath within bounds: expressions are checked before anything runs, and what runs ends.
 *
 * @module
 */

import { nearestNames } from "../../collection/nearest.ts";
import { RefusedError } from "../../core/errors.ts";
import { isRecord, type Json } from "../../core/json.ts";

type Library = typeof import("@jmespath-community/jmespath");

/** A checked expression. */
export interface Expression {
  /**
   * Applies it.
   *
   * @param value What it is applied to; never changed.
   * @throws {Error} If a function meets a value that it cannot take, or the work is too much.
   */
  run(value: Json): Json;
}

/** Longer expressions are refused. */
const MAX_LENGTH = 2_000;

/** So many brackets within each other are no selection any more. */
const MAX_DEPTH = 40;

/** How much one run may do: a hundred thousand items with some forty members each are within it. */
const MAX_STEPS = 25_000_000;

let steps = 0;
let library: Promise<Library> | undefined;

/** A result's share of the work: lists double with every `[@, @][]`, and padding makes texts of any length. */
function sizeOf(result: unknown): number {
  if (typeof result === "string") return result.length >> 6;
  return Array.isArray(result) ? result.length : 0;
}

/** Every step of every interpreter passes here, so that none runs for ever or reads what objects inherit. */
function guard({ TreeInterpreter }: Library): void {
  const shared: typeof TreeInterpreter = Object.getPrototypeOf(TreeInterpreter);
  const visit = shared.visit;
  shared.visit = function (node, value) {
    if (node.type === "Field" && isRecord(value) && !Object.hasOwn(value, node.name)) return null;
    const result = visit.call(this, node, value);
    steps += 1 + sizeOf(result);
    if (steps > MAX_STEPS) throw new RangeError("The expression asks for too much work");
    return result;
  };
}

function load(): Promise<Library> {
  library ??= import("@jmespath-community/jmespath").then((loaded) => {
    guard(loaded);
    return loaded;
  });
  return library;
}

interface Fault {
  /** Where, in characters from the beginning; absent at the end. */
  readonly position?: number;
  readonly message: string;
  readonly hint?: string;
}

function parses(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    // The beginning of an expression is at fault only for ending; the parser also stumbles over its own end.
    return error instanceof TypeError || (error instanceof Error && /EOF/.test(error.message));
  }
}

/** The library doesn't say where: the shortest beginning that cannot be continued does. */
function faultOf({ compile, tokenize }: Library, expression: string): Fault {
  let end = expression.length;
  let tokens: ReturnType<typeof tokenize> = [];
  for (; end >= 0; end--) {
    try {
      tokens = tokenize(expression.slice(0, end));
      break;
    } catch {
      // One character less.
    }
  }
  for (const [index, { start, type }] of tokens.entries()) {
    const stop = tokens[index + 1]?.start ?? end;
    if (parses(compile, expression.slice(0, stop))) continue;
    const message = `unexpected "${expression.slice(start, stop).trim()}"`;
    return { position: start, message, ...(type === "Number" ? { hint: "write numbers in backquotes" } : {}) };
  }
  if (end < expression.length) return { position: end, message: `unexpected "${expression.charAt(end)}"` };
  return { message: "it ends too early" };
}

function depthOf(expression: string): number {
  let depth = 0;
  let most = 0;
  for (const character of expression) {
    if ("([{".includes(character)) most = Math.max(most, ++depth);
    else if (")]}".includes(character)) depth--;
  }
  return most;
}

/** What the parser lets pass, and which does not do what was meant. */
function misuseOf(node: unknown, functions: readonly string[]): string | undefined {
  if (Array.isArray(node)) return node.map((part) => misuseOf(part, functions)).find((found) => found !== undefined);
  if (!isRecord(node) || node["type"] === "Literal") return undefined;
  if (node["type"] === "Binding") return 'a single "=": write "==" to compare';
  if (node["type"] === "Function" && typeof node["name"] === "string" && !functions.includes(node["name"])) {
    const [near] = nearestNames(node["name"], functions);
    const hint = near === undefined ? "" : `: did you mean "${near}"?`;
    return `unknown function "${node["name"]}"${hint}`;
  }
  const bindings = node["type"] === "LetExpression" && Array.isArray(node["bindings"]) ? node["bindings"] : [];
  const parts = Object.entries(node).filter(([key]) => key !== "bindings").map(([, part]) => part);
  return misuseOf(
    [...parts, ...bindings.map((binding) => isRecord(binding) ? binding["reference"] : binding)],
    functions,
  );
}

/**
 * Checks an expression; the library is loaded at the first one.
 *
 * @param expression The expression.
 * @param argument The argument that it came in, for messages.
 * @param example An expression that would do, for the guidance.
 * @returns The expression, ready to run.
 * @throws {RefusedError} `invalid_<argument>`, if it is none, too long or too deep.
 */
export async function compileExpression(expression: string, argument: string, example: string): Promise<Expression> {
  const refuse = ({ position, message, hint }: Fault) => {
    const where = (position === undefined ? "" : ` at character ${position + 1}`) +
      (hint === undefined ? "" : `: ${hint}`);
    throw new RefusedError(`Cannot read "${argument}" as a JMESPath expression: ${message}${where}`, {
      code: `invalid_${argument}`,
      details: { argument, ...(position === undefined ? {} : { position }) },
      guidance: `Correct "${argument}", for example ${example}`,
    });
  };
  if (expression.length > MAX_LENGTH) refuse({ message: `longer than ${MAX_LENGTH} characters` });
  if (depthOf(expression) > MAX_DEPTH) refuse({ message: `more than ${MAX_DEPTH} brackets within each other` });
  const loaded = await load();
  const { compile, TreeInterpreter } = loaded;
  let tree: ReturnType<typeof compile>;
  let message: string | undefined;
  try {
    tree = compile(expression);
    message = misuseOf(tree, loaded.getRegisteredFunctions());
  } catch (error) {
    // The stack overflows at a thousand signs of negation.
    return refuse(error instanceof RangeError ? { message: "too deep" } : faultOf(loaded, expression));
  }
  if (message !== undefined) refuse({ message });
  return {
    run(value) {
      steps = 0;
      return TreeInterpreter.search(tree, value);
    },
  };
}

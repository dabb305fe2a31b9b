/**
 * JMESPath within bounds: expressions are checked before anything runs, and what runs ends.
 *
 * @module
 */

import { nearestNames } from "../../collection/nearest.ts";
import { RefusedError } from "../../core/errors.ts";
import { isRecord, type Json } from "../../core/json.ts";
import { boundFunctions } from "./bounded_functions.ts";
import { isLargerThan, WorkBudget, WorkError } from "./work_budget.ts";

type Library = typeof import("@jmespath-community/jmespath");

/** A checked expression. */
export interface Expression {
  /**
   * Applies it.
   *
   * @param value What it is applied to; never changed.
   * @param budget What it may cost; runs that belong together share one. Its own by default.
   * @throws {WorkError} If the work is too much, or the result too large.
   * @throws {Error} If a function meets a value that it cannot take.
   */
  run(value: Json, budget?: WorkBudget): Json;
}

/** Longer expressions are refused. */
const MAX_LENGTH = 2_000;

/** So many brackets within each other are no selection any more. */
const MAX_DEPTH = 40;

/** In values and characters: the largest answer of Webex is within it. */
const MAX_RESULT = 67_108_864;

/** Of the run that is under way. */
let budget = new WorkBudget();
let library: Promise<Library> | undefined;

/** A result's share of the work: lists double with every `[@, @][]`. */
function sizeOf(result: unknown): number {
  if (typeof result === "string") return result.length >> 6;
  return Array.isArray(result) ? result.length : 0;
}

/** These take a text apart, character by character. */
const BY_CHARACTER: ReadonlySet<string> = new Set(["length", "reverse", "sort", "split"]);

/** What it takes a function to look at an argument. */
function effortOf(argument: unknown, byCharacter: boolean): number {
  if (typeof argument === "string") return byCharacter ? argument.length : argument.length >> 3;
  if (Array.isArray(argument)) return argument.length;
  return isRecord(argument) ? Object.keys(argument).length : 0;
}

/** Sorting compares each text some times, and takes it apart for that. */
function effortOfSorting(list: unknown): number {
  if (!Array.isArray(list)) return 0;
  const length = list.reduce((sum: number, item: unknown) => sum + (effortOf(item, true) >> 1), list.length);
  return length * Math.ceil(Math.log2(list.length + 1));
}

/** Parts that are the same object again and again make a comparison endless that looks small. */
function areEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  budget.spend(1);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => areEqual(item, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  budget.spend(keys.length);
  return keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && areEqual(one[key], other[key]));
}

/** Every step of every interpreter passes here, so that none runs for ever or reads what objects inherit. */
function guardSteps({ TreeInterpreter }: Library): void {
  const shared: typeof TreeInterpreter = Object.getPrototypeOf(TreeInterpreter);
  const visit = shared.visit;
  shared.visit = function (node, value) {
    if (node.type === "Field" && isRecord(value) && !Object.hasOwn(value, node.name)) return null;
    if (node.type === "Comparator" && (node.name === "EQ" || node.name === "NE")) {
      budget.spend(1);
      return areEqual(this.visit(node.left, value), this.visit(node.right, value)) === (node.name === "EQ");
    }
    if (node.type === "Flatten") {
      const lists = this.visit(node.child, value);
      if (!Array.isArray(lists)) return null;
      budget.spend(lists.reduce((sum: number, item: unknown) => sum + 1 + sizeOf(item), 0));
      return lists.flat();
    }
    if (node.type === "Slice") budget.spend(effortOf(value, true));
    const result = visit.call(this, node, value);
    budget.spend(1 + sizeOf(result));
    return result;
  };
}

/** A function may take long over one argument, and every function is one step. */
function guardFunctions({ TreeInterpreter }: Library): void {
  const shared: typeof TreeInterpreter.runtime = Object.getPrototypeOf(TreeInterpreter.runtime);
  const callFunction = shared.callFunction;
  shared.callFunction = function (name, args) {
    for (const argument of args) budget.spend(effortOf(argument, BY_CHARACTER.has(name)));
    if (name === "sort") budget.spend(effortOfSorting(args[0]));
    const result = callFunction.call(this, name, args);
    budget.spend(effortOf(result, false));
    return result;
  };
}

function load(): Promise<Library> {
  library ??= import("@jmespath-community/jmespath").then((loaded) => {
    guardSteps(loaded);
    guardFunctions(loaded);
    boundFunctions(loaded);
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
  const beginning = (count: number) => expression.slice(0, tokens[count]?.start ?? end);
  let good = 0;
  let bad = tokens.length + 1;
  // Halving, because each try takes the longer the more of the expression it reads.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (parses(compile, beginning(middle))) good = middle;
    else bad = middle;
  }
  const token = tokens[bad - 1];
  if (token !== undefined) {
    const { start, type } = token;
    const message = `unexpected "${beginning(bad).slice(start).trim()}"`;
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
    run(value, shared = new WorkBudget()) {
      budget = shared;
      const result = TreeInterpreter.search(tree, value);
      if (isLargerThan(result, MAX_RESULT)) throw new WorkError();
      return result;
    },
  };
}

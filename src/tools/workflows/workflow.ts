/**
 * What a workflow is: the steps of an administrator's task, as data.
 *
 * @module
 */

/** A value that a workflow takes. */
export interface WorkflowArgument {
  readonly name: string;
  readonly description: string;
  /** Without it there is nothing to do. */
  readonly required?: boolean;
  /** What it usually is, for completion; other values are fine. */
  readonly values?: readonly string[];
  /** Its values are the names of the catalogue's features or tools. */
  readonly names?: "features" | "tools";
}

/** One step; `read` and `write` exclude each other, and a step without either needs no tool. */
export interface Step {
  /** What is done and why, in the imperative. Arguments of the operation are written `name=` or `name=value`. */
  readonly does: string;
  /** An operation that changes nothing, as `METHOD /path`. */
  readonly read?: string;
  /** An operation that changes something, as `METHOD /path`. */
  readonly write?: string;
  /** Whether the workflow makes no sense without the operation. Default: writes do, reads do not. */
  readonly essential?: boolean;
  /** For an operation that the embedded collection does not have: what to do where no other collection brings it. */
  readonly otherwise?: string;
}

/** A task of an administrator. */
export interface Workflow {
  /** `^[a-z][a-z_]*$`. */
  readonly name: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  readonly arguments: readonly WorkflowArgument[];
  /** What must come from the user, unless it was given. */
  readonly ask: string;
  /** What to find out before anything is changed. */
  readonly before: readonly Step[];
  /** What to do, in this order. */
  readonly steps: readonly Step[];
  /** What to check at the end. */
  readonly after: readonly Step[];
  /** What is known to go wrong. */
  readonly traps: readonly string[];
}

/**
 * Names the operation of a step.
 *
 * @param step The step.
 * @returns `METHOD /path`; `undefined` for a step that needs no tool.
 */
export function operationOf({ read, write }: Step): string | undefined {
  return read ?? write;
}

/**
 * Lists all steps in the order in which they are done.
 *
 * @param workflow The workflow.
 */
export function stepsOf({ before, steps, after }: Workflow): readonly Step[] {
  return [...before, ...steps, ...after];
}

/**
 * Tells whether the operations that a workflow cannot do without are there.
 *
 * @param workflow The workflow.
 * @param find Finds the tool of an operation.
 */
export function isPossible(workflow: Workflow, find: (operation: string) => string | undefined): boolean {
  return stepsOf(workflow).every((step) => {
    const operation = operationOf(step);
    const essential = step.essential ?? step.write !== undefined;
    return operation === undefined || !essential || find(operation) !== undefined;
  });
}

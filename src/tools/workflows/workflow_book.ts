/**
 * The workflows that are possible with the tools that are there.
 *
 * @module
 */

import type { SurfaceName } from "../../config/config.ts";
import { type Limiter, REMEDIES } from "../../config/limiter.ts";
import type { CatalogueIndex } from "../catalogue_index.ts";
import { isPossible, type Workflow } from "./workflow.ts";

/** Workflows to list and to write; nothing is loaded before the first use. */
export interface WorkflowBook {
  /** Those that are possible; one that needs a tool which is left out is not among them. */
  list(): Promise<readonly Workflow[]>;
  /** Why there is no workflow of a name: a clause; `undefined` if the name isn't known at all. */
  absence(name: string): Promise<string | undefined>;
  /** Writes one as a prompt. */
  render(workflow: Workflow, given: Readonly<Record<string, string>>): Promise<string>;
}

const MISSING: Readonly<Record<Limiter, string>> = {
  server: "this server was started without (read-only, or a selection)",
  caller: `your access here leaves out; ${REMEDIES.any}`,
};

/**
 * Makes the book.
 *
 * @param index Finds tools by operation.
 * @param surface How clients see the catalogue.
 * @param server Gives the book of whoever has no policy, where this one is for a caller who has one.
 */
export function createWorkflowBook(
  index: Pick<CatalogueIndex, "operations">,
  surface: SurfaceName,
  server?: () => Promise<Pick<WorkflowBook, "list">>,
): WorkflowBook {
  const all = async () => (await import("./workflows.ts")).WORKFLOWS;
  return {
    async list() {
      const find = await index.operations();
      return (await all()).filter((workflow) => isPossible(workflow, find));
    },
    async absence(name) {
      const known = (await all()).some((workflow) => workflow.name === name);
      if (!known) return undefined;
      const those = await (await server?.())?.list() ?? [];
      const by = those.some((workflow) => workflow.name === name) ? "caller" : "server";
      return `it needs tools that ${MISSING[by]}`;
    },
    async render(workflow, given) {
      const { renderWorkflow } = await import("./render.ts");
      return renderWorkflow(workflow, given, { surface, find: await index.operations() });
    },
  };
}

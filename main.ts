/**
 * Starts the program in this process.
 *
 * @module
 */

import { runProgram } from "./src/cli/program.ts";
import { processSystem } from "./src/cli/system.ts";

if (import.meta.main) Deno.exit(await runProgram(Deno.args, processSystem));

import assert from "node:assert/strict";
import { divertConsole } from "../../../src/cli/http/library_output.ts";
import { recordingLog } from "../../support/recording_log.ts";

Deno.test("divertConsole() takes what libraries write into the log, and gives the console back", () => {
  const log = recordingLog();
  const library = globalThis["console"];
  const before = library.info;
  {
    using _diverted = divertConsole(log);
    library.info("The user aborted", 1);
    library.error(new TypeError("planted\nstack"));
  }
  assert.equal(library.info, before);
  assert.deepEqual(log.lines, ["DEBUG: Library: The user aborted 1", "DEBUG: Library: TypeError: planted\nstack"]);
});

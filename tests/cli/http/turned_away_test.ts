import assert from "node:assert/strict";
import { turnedAway } from "../../../src/cli/http/turned_away.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { recordingLog } from "../../support/recording_log.ts";

Deno.test("turnedAway() warns of a crowd once a minute, with its number, and of nothing else", async () => {
  const [log, clock] = [recordingLog(), new FakeClock()];
  const tell = turnedAway(log, clock);
  const warnings = () => log.lines.filter((line) => line.startsWith("WARNING"));
  tell("HPE_HEADER_OVERFLOW");
  assert.deepEqual(warnings(), []);
  for (let count = 0; count < 5; count++) tell("too_many_connections");
  assert.match(warnings().join(), /^WARNING: HTTP: Turned 1 connections away/);
  await clock.advance(60_000);
  tell("too_many_connections");
  assert.match(warnings()[1] ?? "", /Turned 5 connections away/);
  assert.equal(log.lines.filter((line) => line.startsWith("DEBUG")).length, 7);
});

Deno.test("turnedAway() warns of a listener that had to begin anew", () => {
  const log = recordingLog();
  turnedAway(log, new FakeClock())("listening_renewed");
  assert.match(log.lines.join(), /^WARNING: HTTP: Listens anew, .*no file descriptor left$/);
});

import assert from "node:assert/strict";
import { type Absence, absenceFrom, absenceWithin } from "../../src/tools/absence.ts";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import { endpointOf, writerOf } from "../support/endpoints.ts";

const LIST = endpointOf({ tool: "things_list", feature: "Things" });
const CREATE = writerOf({}, [], { tool: "things_create", feature: "Things", formerly: ["things_make"] });
const all = () => Promise.resolve([LIST, CREATE]);

async function textOf(absence: Absence, tool: string): Promise<string> {
  return (await absence(tool))?.text ?? "";
}

Deno.test("absenceFrom() says of a tool that exists why it is left out", async () => {
  const readOnly = absenceFrom(all, true);
  for (const name of ["things_create", "things_make"]) {
    assert.deepEqual(await readOnly(name), {
      by: "server",
      text: "this server was started read-only, and that tool changes something",
    });
  }
  const selection = 'this server was started with a selection of tools that leaves it out; its feature is "Things"';
  assert.deepEqual(await readOnly("things_list"), { by: "server", text: selection });
  assert.equal(await readOnly("things_drop"), undefined);
  assert.equal(await textOf(absenceFrom(all, false), "things_create"), selection);
});

Deno.test("absenceWithin() blames the caller's policy for what the server has, and says who can change it", async () => {
  const whole = createCatalogue([LIST, CREATE], "full", absenceFrom(all, false));
  const within = (readOnly: boolean) => absenceWithin(() => Promise.resolve(whole), readOnly);
  for (const name of ["things_create", "things_make"]) {
    assert.match(
      await textOf(within(true), name),
      /^your access here is read-only, and that tool changes something; whoever runs the server .* by read_only, .*[^.]$/,
    );
  }
  for (const [readOnly, name] of [[false, "things_create"], [true, "things_list"]] as const) {
    assert.match(
      await textOf(within(readOnly), name),
      /^your access here leaves it out; its feature is "Things"; whoever runs the server .* by features, tool, .*[^.]$/,
    );
  }
  assert.equal((await within(true)("things_list"))?.by, "caller");
  assert.equal(await within(true)("things_drop"), undefined);
});

Deno.test("absenceWithin() gives the server's own reason for what nobody has there", async () => {
  const server = createCatalogue([LIST], "full", absenceFrom(all, true));
  const within = absenceWithin(() => Promise.resolve(server), true);
  assert.deepEqual(await within("things_create"), await server.absence("things_create"));
  assert.equal((await within("things_create"))?.by, "server");
});

Deno.test("createCatalogue() tells of no absence unless it is given one", async () => {
  assert.equal(await createCatalogue([LIST], "full").absence("things_create"), undefined);
  const { absence } = createCatalogue([LIST], "full", absenceFrom(all, true));
  assert.match(await textOf(absence, "things_create"), /read-only/);
});

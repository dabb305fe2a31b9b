/**
 * Forms with everything that a form can have; those of the product have nothing to fill in.
 *
 * @module
 */

import type { ElicitRequestFormParams } from "@modelcontextprotocol/server";

/** A default of each primitive type (SEP-1034). */
export const DEFAULTS: ElicitRequestFormParams = {
  message: "Please look through the defaults",
  requestedSchema: {
    type: "object",
    properties: {
      name: { type: "string", default: "John Doe" },
      age: { type: "integer", default: 30 },
      score: { type: "number", default: 95.5 },
      status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
      verified: { type: "boolean", default: true },
    },
  },
};

const OPTIONS = ["option1", "option2", "option3"];
const TITLED = [1, 2, 3].map((number) => ({ const: `value${number}`, title: `Option ${number}` }));

/** A choice of each kind (SEP-1330). */
export const ENUMS: ElicitRequestFormParams = {
  message: "Please choose",
  requestedSchema: {
    type: "object",
    properties: {
      untitledSingle: { type: "string", enum: OPTIONS },
      titledSingle: { type: "string", oneOf: TITLED },
      legacyEnum: { type: "string", enum: ["opt1", "opt2", "opt3"], enumNames: ["One", "Two", "Three"] },
      untitledMulti: { type: "array", items: { type: "string", enum: OPTIONS } },
      titledMulti: { type: "array", items: { anyOf: TITLED } },
    },
  },
};

/**
 * Documents of the search.
 *
 * @module
 */

import type { FieldTexts } from "../../src/collection/search/fields.ts";

/** A document that says nothing. */
export const EMPTY_TEXTS: FieldTexts = {
  title: [],
  feature: [],
  path: [],
  purpose: [],
  everyday: [],
  sayings: [],
  parameters: [],
  members: [],
  answers: [],
  notes: [],
};

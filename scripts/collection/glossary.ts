/**
 * Finds the description of a parameter or field in the hand-written glossary.
 *
 * A key is a name (`extension`), or the end of a dotted place (`overflow.action`); `?name` holds only for query and
 * header parameters; ` @ fragment` only for endpoints whose `METHOD /path` contains the fragment, which a final `$`
 * ties to the path's end. The more specific key wins: more dots, then `?`, then the longer fragment.
 *
 * @module
 */

import type { Schema } from "../../src/collection/endpoint.ts";
import type { Draft } from "./draft.ts";

interface Rule {
  readonly key: string;
  readonly field: string;
  readonly query: boolean;
  readonly fragment: string;
  readonly text: string;
  used: boolean;
}

function parseRule(key: string, text: string): Rule {
  const [place = "", fragment = ""] = key.split(" @ ");
  return { key, field: place.replace(/^\?/, ""), query: place.startsWith("?"), fragment, text, used: false };
}

function specificity(a: Rule, b: Rule): number {
  return b.field.split(".").length - a.field.split(".").length || Number(b.query) - Number(a.query) ||
    b.fragment.length - a.fragment.length;
}

function applies(rule: Rule, place: string, query: boolean, endpoint: string): boolean {
  if (place !== rule.field && !place.endsWith(`.${rule.field}`)) return false;
  if (rule.query && !query) return false;
  return rule.fragment.endsWith("$") ? endpoint.endsWith(rule.fragment.slice(0, -1)) : endpoint.includes(rule.fragment);
}

/** The glossary, and which of its entries have been used. */
export class Glossary {
  readonly #rules = new Map<string, Rule[]>();
  readonly #missing = new Set<string>();

  /** @param entries The texts by key. */
  constructor(entries: Readonly<Record<string, string>>) {
    for (const [key, text] of Object.entries(entries)) {
      const rule = parseRule(key, text);
      const name = rule.field.slice(rule.field.lastIndexOf(".") + 1);
      this.#rules.set(name, [...this.#rules.get(name) ?? [], rule].sort(specificity));
    }
  }

  /** What is wrong with the glossary, after all drafts were described: names without an entry, entries without a use. */
  problems(): string[] {
    const unused = [...this.#rules.values()].flat().filter((rule) => !rule.used);
    return [
      ...[...this.#missing].map((place) => `No glossary entry for ${place}`),
      ...unused.map((rule) => `Glossary entry "${rule.key}" is never used`),
    ];
  }

  /**
   * Describes every parameter and every body field of a draft.
   *
   * @param draft The draft; its schemas get their descriptions in place.
   */
  describe(draft: Draft): void {
    for (const parameter of Object.values(draft.parameters)) {
      parameter.description = this.#find(parameter.name, parameter.in !== "path", draft.key);
      this.#walk(parameter.schema, parameter.name, draft.key);
    }
    if (draft.body !== undefined) this.#walk(draft.body.schema, "", draft.key);
  }

  #walk(schema: Schema, place: string, endpoint: string): void {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const inner = place === "" ? name : `${place}.${name}`;
      property.description = this.#find(inner, false, endpoint);
      this.#walk(property, inner, endpoint);
    }
    if (schema.items !== undefined) this.#walk(schema.items, place, endpoint);
  }

  #find(place: string, query: boolean, endpoint: string): string {
    const name = place.slice(place.lastIndexOf(".") + 1);
    const rule = this.#rules.get(name)?.find((candidate) => applies(candidate, place, query, endpoint));
    if (rule === undefined) {
      this.#missing.add(`"${query ? "?" : ""}${place}" of ${endpoint}`);
      return "";
    }
    rule.used = true;
    return rule.text;
  }
}

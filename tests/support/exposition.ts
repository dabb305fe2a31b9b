/**
 * Reads what Prometheus would read, and checks its form (text format 0.0.4).
 *
 * @module
 */

import assert from "node:assert/strict";

/** The series of an exposition, for example `a_total{tool="x"}`, and their values. */
export type Series = ReadonlyMap<string, number>;

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = `${NAME}="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`;
const SAMPLE_REGEXP = new RegExp(`^(${NAME}(?:\\{${LABEL}(?:,${LABEL})*\\})?) (\\S+)$`);
const TYPE_REGEXP = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
const HELP_REGEXP = new RegExp(`^# HELP (${NAME}) \\S.*\\.$`);

/**
 * Reads an exposition.
 *
 * @param text The text.
 * @returns Its series.
 * @throws {AssertionError} If a line is malformed, or a sample has no type and help.
 */
export function readExposition(text: string): Series {
  assert.ok(text.endsWith("\n"));
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const series = new Map<string, number>();
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [, typed, type = ""] = TYPE_REGEXP.exec(line) ?? [];
    if (typed !== undefined) {
      assert.ok(!types.has(typed), line);
      assert.ok(type !== "counter" || typed.endsWith("_total"), line);
      types.set(typed, type);
      continue;
    }
    const [, explained] = HELP_REGEXP.exec(line) ?? [];
    if (explained !== undefined) {
      helped.add(explained);
      continue;
    }
    const [, sample, value] = SAMPLE_REGEXP.exec(line) ?? [];
    assert.ok(sample !== undefined, `malformed: ${line}`);
    const name = sample.replace(/\{.*/, "");
    const family = types.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, "");
    assert.ok(types.has(family) && helped.has(family), `without type or help: ${line}`);
    assert.ok(!series.has(sample), `twice: ${line}`);
    assert.ok(!Number.isNaN(Number(value)), line);
    series.set(sample, Number(value));
  }
  return series;
}

/**
 * Names the series of a metric.
 *
 * @param series All series.
 * @param name The metric's name.
 * @returns Its series and their values, without the name.
 */
export function seriesOf(series: Series, name: string): Record<string, number> {
  const own = [...series].filter(([sample]) => sample.replace(/\{.*/, "") === name);
  return Object.fromEntries(own.map(([sample, value]) => [sample.slice(name.length), value]));
}

/**
 * A piece of work in a trace, as the layers see it that a call passes.
 *
 * @module
 */

/** Facts of a span. They leave this machine: names, templates, counts and codes, never ids, arguments or results. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work under way. Nothing in here throws, and after its end nothing has an effect. */
export interface Span {
  /** Gives it a name that is known only now. */
  rename(name: string): void;
  /** Adds facts. */
  set(attributes: SpanAttributes): void;
  /**
   * Marks it as failed.
   *
   * @param type One of few words or codes, for example `tool_error`, never a message.
   */
  fail(type: string): void;
  /**
   * Begins a request to another system that this work makes.
   *
   * @param name The operation's template, for example `GET /people/{personId}`.
   * @param attributes Its facts.
   * @returns The request; whoever began it ends it.
   */
  request(name: string, attributes: SpanAttributes): Span;
  end(): void;
}

/** What is not traced. */
export const noSpan: Span = {
  rename() {},
  set() {},
  fail() {},
  request: () => noSpan,
  end() {},
};

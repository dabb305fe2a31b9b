/**
 * Knows the answers that have not left, so that each can say in time that it is the last one of its connection.
 *
 * @module
 */

/** What an answer of Node's server can be told. */
export interface OpenAnswer {
  readonly headersSent: boolean;
  setHeader(name: string, value: string): unknown;
}

/** Whoever gets it sends nothing more on this connection, where it would be lost (RFC 9112, section 9.6). */
function sayLast(answer: OpenAnswer): void {
  if (!answer.headersSent) answer.setHeader("connection", "close");
}

/** The answers of one listener. */
export class OpenAnswers {
  readonly #open = new Set<OpenAnswer>();
  #isEnding = false;

  /**
   * Takes an answer in.
   *
   * @param answer The answer.
   * @param ended Resolves when it has left, or never will.
   */
  add(answer: OpenAnswer, ended: Promise<unknown>): void {
    if (this.#isEnding) return sayLast(answer);
    this.#open.add(answer);
    void ended.then(() => this.#open.delete(answer));
  }

  /** From now on every answer that has not begun is the last one of its connection. */
  end(): void {
    this.#isEnding = true;
    for (const answer of this.#open) sayLast(answer);
  }
}

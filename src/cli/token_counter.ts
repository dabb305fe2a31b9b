/**
 * Counts the tokens of what a client passes on to a model.
 *
 * @module
 */

/** Counts the tokens of a value's compact JSON, in the o200k encoding. */
export type TokenCounter = (value: unknown) => number;

/**
 * Loads the counter.
 *
 * @returns The counter. Other models split text otherwise; as a measure of what is large it serves for them, too.
 */
export async function loadTokenCounter(): Promise<TokenCounter> {
  // The encoding's table takes 2 MB, so only those who count load it.
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  return (value) => countTokens(JSON.stringify(value));
}

/**
 * Takes secrets out of text before it is written anywhere.
 *
 * @module
 */

/** What stands in place of a secret. */
export const REDACTED = "[redacted]";

/** Shorter values are left alone: they occur by chance in text that tells nothing. */
const MIN_SECRET_LENGTH = 8;

/** The schemes of an `Authorization` header (RFC 9110, section 11.1), each followed by its credential. */
const CREDENTIAL_REGEXP = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{4,}/gi;

/** `"sipPassword": "x"`, `access_token=x`, `\"pin\":\"x\"`; the lengths are bounded so that no input makes it slow. */
const FIELD_REGEXP =
  /(?<![\w-])(["'\\]{0,3}[\w-]{0,40}(?:token|secret|password|passphrase|passcode|authorization|api[_-]?key|credential|(?<![a-z])pin)s?["'\\]{0,3}\s{0,4}[:=]\s{0,4})(\\?"(?:[^"\\]|\\[^"])*\\?"|'[^']*'|[^\s,;&"'}\])]+)/gi;

/**
 * Replaces secrets in a text.
 *
 * Three things go: the secrets that are known, credentials after `Bearer` or `Basic`, and the values of fields whose
 * name says that they are secret.
 *
 * @param text Any text.
 * @param secrets The known secrets; those below 8 characters are ignored.
 * @returns The text with `[redacted]` in their place.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) {
    if (secret.length >= MIN_SECRET_LENGTH) {
      safe = safe.replaceAll(secret, REDACTED);
    }
  }
  return safe
    .replace(CREDENTIAL_REGEXP, (_, scheme: string) => `${scheme} ${REDACTED}`)
    .replace(FIELD_REGEXP, (whole, name: string, value: string) => {
      // The scheme in "Authorization: Bearer [redacted]" is no secret.
      if (value.startsWith("[redacted") || /^(?:Bearer|Basic)$/i.test(value)) {
        return whole;
      }
      return name + REDACTED;
    });
}

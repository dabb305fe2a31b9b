/**
 * Takes secrets out of text before it is written anywhere.
 *
 * @module
 */

/** What stands in place of a secret. */
export const REDACTED = "[redacted]";

/** Shorter values are left alone: they occur by chance in text that tells nothing. */
export const MIN_SECRET_LENGTH = 8;

/** The schemes of an `Authorization` header (RFC 9110, section 11.1), each followed by its credential. */
const CREDENTIAL_REGEXP = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{4,}/gi;

/** A credential after its scheme that no sentence about one can be: "bearer tokens", "basic licences". */
const LONG_CREDENTIAL_REGEXP = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{20,}/gi;

/** JSON Web Tokens (RFC 7519) tell their holder's name, and may be valid; one that was cut may lack its end. */
const JWT_REGEXP = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;

/** Bearer tokens that callers of the HTTP server have, whole or cut. */
const CALLER_TOKEN_REGEXP = /wxm_[0-9A-Za-z]{8}_[\w-]+/g;

/** A PIN as a word of its own, whatever the flags: `pin`, `hostPin`, `host_pin`, `hostPIN`; neither `spin` nor `shopping`. */
const PIN = "(?-i:(?<![A-Za-z])(?:pin|Pin)|(?<![A-Z])PIN|(?<=[a-z0-9])Pin)";

/** How the names of secret fields end. */
const NAME_END =
  `(?:token|secret|password|passphrase|passcode|authorization|api[_-]?key|credential|cookie|device[_-]?code|code[_-]?verifier|${PIN})s?`;

const NAME_REGEXP = new RegExp(`${NAME_END}$`, "i");

/**
 * Codes that let somebody call out. Everybody knows those for an outside line and for a feature. In a text they are left
 * alone: a message about a code would lose what it says.
 */
const CODE_REGEXP = /(?<![a-z])(?<!(?:outside|feature)[_-])(?:access|delete)[_-]?codes?$/;
/** Only the end of a name tells. */
const MAX_CODE_NAME = 40;

/** `"sipPassword": "x"`, `access_token=x`, `\"pin\":\"x\"`; the lengths are bounded so that no input makes it slow. */
const FIELD_REGEXP = new RegExp(
  String.raw`(?<![\w-])(["'\\]{0,3}[\w-]{0,40}${NAME_END}["'\\]{0,3}\s{0,4}[:=]\s{0,4})` +
    String.raw`(\\?"(?:[^"\\]|\\[^"])*\\?"|'[^']*'|[^\s,;&"'}\])]+)`,
  "gi",
);

/**
 * Tells whether a field of this name holds a secret.
 *
 * @param name For example `sipPassword`, `hostPin`, `access_token` or `accessCodes`.
 */
export function isSecretName(name: string): boolean {
  if (NAME_REGEXP.test(name)) return true;
  return CODE_REGEXP.test(name.slice(-MAX_CODE_NAME).replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase());
}

/** Among what is sent these are secret, too: codes that let somebody call out, keyed PINs, and the words of SNMP. */
const ARGUMENT_REGEXP = /^(?:code|dtmf)$|community$/i;

/**
 * Tells whether an argument, or a member of a body that is sent, holds a secret.
 *
 * @param name For example `code`: of an error it is none, of what is sent it is an access code.
 */
export function isSecretArgument(name: string): boolean {
  return isSecretName(name) || ARGUMENT_REGEXP.test(name);
}

/**
 * Replaces what looks like a token by its form alone, for texts whose fields must survive: whoever sends a token in the
 * place of a name must not get it back in what is said of the name.
 *
 * @param text Any text; JSON stays JSON.
 * @returns The text without JSON Web Tokens, callers' tokens, and long credentials after `Bearer` or `Basic`.
 */
export function redactTokens(text: string): string {
  return text.replace(JWT_REGEXP, REDACTED).replace(CALLER_TOKEN_REGEXP, REDACTED)
    .replace(LONG_CREDENTIAL_REGEXP, (_, scheme: string) => `${scheme} ${REDACTED}`);
}

/**
 * Replaces secrets in a text.
 *
 * Five things go: the secrets that are known, JSON Web Tokens, callers' tokens, credentials after `Bearer` or `Basic`, and the values of
 * fields whose name says that they are secret.
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
  return redactTokens(safe)
    .replace(CREDENTIAL_REGEXP, (_, scheme: string) => `${scheme} ${REDACTED}`)
    .replace(FIELD_REGEXP, (whole, name: string, value: string) => {
      // The scheme in "Authorization: Bearer [redacted]" is no secret.
      if (value.startsWith("[redacted") || /^(?:Bearer|Basic)$/i.test(value)) {
        return whole;
      }
      return name + REDACTED;
    });
}

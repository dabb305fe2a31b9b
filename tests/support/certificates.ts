/**
 * Certificates that nobody but a test believes.
 *
 * @module
 */

/** A certificate and its key, PEM. */
export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes a certificate with the system's OpenSSL.
 *
 * @param name The name that it is for.
 * @returns The certificate and its key.
 */
export async function selfSigned(name: string): Promise<SelfSigned> {
  const { success, stdout, stderr } = await new Deno.Command("openssl", {
    args: [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-keyout", "-", "-out", "-", "-days", "2", "-subj", `/CN=${name}`],
    ],
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`openssl failed: ${new TextDecoder().decode(stderr)}`);
  const part = (kind: string) =>
    new RegExp(`-----BEGIN ${kind}-----[^-]*-----END ${kind}-----\\n`).exec(text)?.[0] ?? "";
  return { cert: part("CERTIFICATE"), key: part("PRIVATE KEY") };
}

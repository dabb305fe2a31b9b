/**
 * Reads the server's certificate, and notices when another one takes its place.
 *
 * @module
 */

import { createPrivateKey, X509Certificate } from "node:crypto";
import type { TlsFiles } from "../../config/http.ts";
import type { Clock } from "../../core/clock.ts";
import { UsageError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import type { TlsPair } from "../../transport/http/listener.ts";
import { readTextFile } from "../text_file.ts";
import type { System } from "../system.ts";

/** How soon a new certificate is noticed, in milliseconds. */
const LOOK_MS = 10_000;

/** What reading takes. */
export type CertificateOutside = Pick<System, "readTextFile">;

function unusable(files: TlsFiles, problem: string, cause?: unknown): UsageError {
  return new UsageError(`Cannot use certificate ${JSON.stringify(files.certificate)}: ${problem}`, {
    code: "bad_certificate",
    guidance: "Both files must be PEM, and the key must be that of the first certificate.",
    cause,
  });
}

/** A pair that doesn't fit would be noticed by clients only. */
function check(files: TlsFiles, { cert, key }: TlsPair): X509Certificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch (cause) {
    throw unusable(files, "it is no certificate in PEM", cause);
  }
  let fits: boolean;
  try {
    fits = certificate.checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw unusable(files, "its key can't be read as PEM", cause);
  }
  if (!fits) throw unusable(files, "the key belongs to another certificate");
  return certificate;
}

/** A certificate that can be used. */
export interface ReadCertificate extends TlsPair {
  /** When it ends, as it says itself. */
  readonly validTo: string;
}

/**
 * Reads a certificate and its key.
 *
 * @param files Where they are.
 * @param outside Reads files.
 * @returns Both.
 * @throws {UsageError} If a file can't be read, or they don't belong together.
 */
export async function readCertificate(files: TlsFiles, outside: CertificateOutside): Promise<ReadCertificate> {
  const read = (path: string) => readTextFile(path, outside.readTextFile);
  const [cert, key] = await Promise.all([read(files.certificate), read(files.key)]);
  return { cert, key, validTo: check(files, { cert, key }).validTo };
}

/** What watching takes. */
export interface WatchOptions {
  readonly files: TlsFiles;
  readonly outside: CertificateOutside;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warning">;
  /** The one that is in use. */
  readonly used: TlsPair;
  /** Takes another one. */
  readonly use: (pair: TlsPair) => void;
  /** Ends the watching. */
  readonly signal: AbortSignal;
}

/**
 * Looks at the files every ten seconds, and takes what is new in them. Files and no events: what a secret is mounted as
 * changes in ways that events don't tell.
 *
 * @param options What is watched.
 * @returns Resolves when the watching ends.
 */
export async function watchCertificate({ files, outside, clock, log, used, use, signal }: WatchOptions): Promise<void> {
  let current = used;
  let complaint = "";
  while (!signal.aborted) {
    await clock.sleep(LOOK_MS, signal).catch(() => {});
    if (signal.aborted) return;
    try {
      const { cert, key, validTo } = await readCertificate(files, outside);
      complaint = "";
      if (cert === current.cert && key === current.key) continue;
      use({ cert, key });
      current = { cert, key };
      log.info(`HTTP: Took the new certificate; it is valid until ${validTo}`);
    } catch (error) {
      // Between the writing of one file and of the other they don't fit; the old pair serves on.
      const text = error instanceof Error ? error.message : String(error);
      if (text !== complaint) log.warning(`HTTP: Kept the certificate: ${text}`);
      complaint = text;
    }
  }
}

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
}

/**
 * Looks at the files every ten seconds, and takes what is new in them. Files and no events: what a secret is mounted as
 * changes in ways that events don't tell.
 */
export class CertificateWatch implements Disposable {
  readonly #options: WatchOptions;
  readonly #end = new AbortController();
  #used: TlsPair;
  #complaint = "";

  /** @param options What is watched. */
  constructor(options: WatchOptions) {
    this.#options = options;
    this.#used = options.used;
    void this.#watch();
  }

  /** Looks at once. Never throws: while the files don't fit, the pair before serves on. */
  async look(): Promise<void> {
    const { files, outside, log, use } = this.#options;
    try {
      const { cert, key, validTo } = await readCertificate(files, outside);
      this.#complaint = "";
      if (cert === this.#used.cert && key === this.#used.key) return;
      use({ cert, key });
      this.#used = { cert, key };
      log.info(`HTTP: Took the new certificate; it is valid until ${validTo}`);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (text !== this.#complaint) log.warning(`HTTP: Kept the certificate: ${text}`);
      this.#complaint = text;
    }
  }

  [Symbol.dispose](): void {
    this.#end.abort();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await this.#options.clock.sleep(LOOK_MS, signal).catch(() => {});
      if (!signal.aborted) await this.look();
    }
  }
}

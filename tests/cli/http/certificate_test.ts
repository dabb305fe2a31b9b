import assert from "node:assert/strict";
import { CertificateWatch, readCertificate } from "../../../src/cli/http/certificate.ts";
import type { TlsPair } from "../../../src/transport/http/listener.ts";
import { selfSigned } from "../../support/certificates.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { recordingLog } from "../../support/recording_log.ts";

const FILES = { certificate: "/tls.crt", key: "/tls.key" };

function outsideOf(files: Record<string, string>) {
  return {
    readTextFile: (path: string) => {
      const text = files[path];
      return text === undefined ? Promise.reject(new Deno.errors.NotFound(path)) : Promise.resolve(text);
    },
  };
}

Deno.test("readCertificate() reads a pair, and refuses what is none without quoting it", async () => {
  const [one, other] = [await selfSigned("one.test"), await selfSigned("other.test")];
  const read = (cert: string, key: string) => readCertificate(FILES, outsideOf({ "/tls.crt": cert, "/tls.key": key }));
  assert.equal((await read(one.cert, one.key)).key, one.key);
  const cases: [string, string, RegExp][] = [
    [one.cert, other.key, /Cannot use certificate "\/tls\.crt": the key belongs to another certificate$/],
    ["planted", one.key, /it is no certificate in PEM$/],
    [one.cert, "planted", /its key can't be read as PEM$/],
  ];
  for (const [cert, key, message] of cases) {
    await assert.rejects(read(cert, key), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, message);
      return !error.message.includes("planted");
    });
  }
  await assert.rejects(readCertificate(FILES, outsideOf({})), /^UsageError: Cannot read "\/tls\.(?:crt|key)"/);
});

Deno.test("CertificateWatch takes a new pair, and complains once of one that doesn't fit", async () => {
  const [one, other] = [await selfSigned("one.test"), await selfSigned("other.test")];
  const files: Record<string, string> = { "/tls.crt": one.cert, "/tls.key": one.key };
  const clock = new FakeClock();
  const log = recordingLog();
  const taken: TlsPair[] = [];
  using watch = new CertificateWatch({
    files: FILES,
    outside: outsideOf(files),
    clock,
    log,
    used: one,
    use: (pair) => taken.push(pair),
  });
  await watch.look();
  files["/tls.crt"] = other.cert;
  await watch.look();
  await watch.look();
  assert.deepEqual(taken, []);
  assert.equal(log.lines.filter((line) => line.startsWith("WARNING: HTTP: Kept the certificate")).length, 1);
  files["/tls.key"] = other.key;
  await clock.advance(10_000);
  while (taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(taken, [other]);
  assert.match(log.lines.at(-1) ?? "", /^INFO: HTTP: Took the new certificate; it is valid until /);
});

/**
 * Checks the configurations of nginx: on a machine, in `compose.yaml`, and at work.
 *
 * @module
 */

import { type DeployCheck, withPlace } from "./check.ts";
import { tryNginx } from "./nginx_trial.ts";
import { problemsOf, runTool } from "./tool.ts";

const FOLDER = "deploy/nginx";

/** A certificate that is good for nothing but being read. */
async function makeCertificate(directory: string): Promise<readonly [string, string]> {
  const [certificate, key] = [`${directory}/tls.crt`, `${directory}/tls.key`] as const;
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=mcp.example.com"];
  await runTool("openssl", ["req", "-x509", ...kind, "-days", "1", "-keyout", key, "-out", certificate]);
  return [certificate, key];
}

/** Ports below 1024 and IPv6 aren't to be had everywhere, nor are the certificate's and the log's own paths. */
function fitting(text: string, directory: string, [certificate, key]: readonly [string, string]): string {
  return text
    .replaceAll("/tmp/", `${directory}/`)
    .replaceAll("/var/log/nginx/", `${directory}/`)
    .replace(/^listen \[::\].*\n/gm, "")
    .replace(/^listen (?:443|8443) /gm, "listen 127.0.0.1:18443 ")
    .replace(/^(ssl_certificate\s+).*;$/gm, `$1${certificate};`)
    .replace(/^(ssl_certificate_key\s+).*;$/gm, `$1${key};`);
}

/** Tests what is written in one folder over what is written in `deploy/nginx/`. */
async function testConfiguration(overlay: string): Promise<string[]> {
  return await withPlace(async (place) => {
    const pair = await makeCertificate(place);
    const copy = async (from: string, to: string) =>
      await Deno.writeTextFile(`${place}/${to}`, fitting(await Deno.readTextFile(from), place, pair));
    await Deno.mkdir(`${place}/webex-calling-mcp`);
    await copy(`${FOLDER}/nginx.conf`, "nginx.conf");
    await copy(`${FOLDER}/webex-calling-mcp.conf`, "webex-calling-mcp.conf");
    for (const name of ["proxy.conf", "limits.conf"]) {
      await copy(`${FOLDER}/webex-calling-mcp/${name}`, `webex-calling-mcp/${name}`);
    }
    for (const name of ["upstream.conf", "listen.conf", "log.conf"]) {
      await copy(`${overlay}/${name}`, `webex-calling-mcp/${name}`);
    }
    const tested = await runTool("nginx", ["-t", "-e", "stderr", "-p", `${place}/`, "-c", `${place}/nginx.conf`]);
    const warned = tested.text.split("\n").filter((line) => line.includes("[warn]"));
    return [...problemsOf(tested), ...warned].map((problem) => `${overlay}: ${problem}`);
  });
}

const SYNTAX: DeployCheck = {
  name: "nginx configuration (nginx -t)",
  tools: ["nginx", "openssl"],
  run: async () => [
    ...await testConfiguration(`${FOLDER}/webex-calling-mcp`),
    ...await testConfiguration("deploy/compose"),
  ],
};

const AT_WORK: DeployCheck = {
  name: "nginx at work: headers, streams, cancelling, no POST sent twice",
  tools: ["nginx"],
  run: tryNginx,
};

/** What stands before the replicas. */
export const NGINX_CHECKS: readonly DeployCheck[] = [SYNTAX, AT_WORK];

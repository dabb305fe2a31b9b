/**
 * Lays out the nginx of `deploy/nginx/` in a directory, with other replicas and ports, so that it can be run anywhere.
 *
 * @module
 */

const FOLDER = "deploy/nginx";

/** What is different in a place. */
export interface NginxPlace {
  /** An absolute path to an empty directory; nginx writes below it. */
  readonly directory: string;
  /** The replicas, as `127.0.0.1:8081`. */
  readonly replicas: readonly string[];
  /** Where to listen without TLS, as `127.0.0.1:8080`. */
  readonly listen: string;
  /** Keeps the limits for one address; default false, because a test is one address. */
  readonly limits?: boolean;
}

/**
 * Writes the configuration.
 *
 * @param place What is different there.
 * @returns The arguments that nginx is started with; it stays in the foreground.
 */
export async function layNginx({ directory, replicas, listen, limits = false }: NginxPlace): Promise<string[]> {
  const own = `${directory}/webex-calling-mcp`;
  await Deno.mkdir(`${directory}/tmp`, { recursive: true });
  await Deno.mkdir(own, { recursive: true });

  const main = (await Deno.readTextFile(`${FOLDER}/nginx.conf`)).replaceAll("/tmp/", `${directory}/tmp/`);
  await Deno.writeTextFile(`${directory}/nginx.conf`, main);
  await Deno.copyFile(`${FOLDER}/webex-calling-mcp.conf`, `${directory}/webex-calling-mcp.conf`);
  await Deno.copyFile(`${FOLDER}/webex-calling-mcp/proxy.conf`, `${own}/proxy.conf`);

  const servers = replicas.map((replica) => `    server ${replica} max_fails=1 fail_timeout=5s;\n`).join("");
  const upstream = await Deno.readTextFile(`${FOLDER}/webex-calling-mcp/upstream.conf`);
  await Deno.writeTextFile(`${own}/upstream.conf`, upstream.replace(/(?: {4}server .*\n)+/, servers));
  await Deno.writeTextFile(`${own}/listen.conf`, `listen ${listen};\n`);
  await Deno.writeTextFile(`${own}/log.conf`, `access_log ${directory}/access.log webex_mcp;\n`);
  const limited = limits ? await Deno.readTextFile(`${FOLDER}/webex-calling-mcp/limits.conf`) : "";
  await Deno.writeTextFile(`${own}/limits.conf`, limited);
  // As root its workers would become a user who may not enter the directory.
  const globals = Deno.uid() === 0 ? "daemon off; user root;" : "daemon off;";
  return ["-e", "stderr", "-p", `${directory}/`, "-c", `${directory}/nginx.conf`, "-g", globals];
}

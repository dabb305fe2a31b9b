/**
 * Serves the real server, with what the conformance tool asks for on top, until the system asks the program to end.
 *
 * Everything below the tools' names is the product's: listener, host guard, door, endpoint, the construction of servers,
 * and the simulated organization behind them.
 *
 * @module
 */

import { assemble } from "../../src/cli/assembly.ts";
import { openLog } from "../../src/cli/program_log.ts";
import { serverFactoryOf } from "../../src/cli/server_factory.ts";
import { processSystem } from "../../src/cli/system.ts";
import { addressText } from "../../src/config/address.ts";
import { createConfig } from "../../src/config/config.ts";
import { createHttpConfig } from "../../src/config/http.ts";
import { systemClock } from "../../src/core/clock.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { createHttpApp, MCP_PATH } from "../../src/transport/http/app.ts";
import { createCallerLimits } from "../../src/transport/http/caller_limits.ts";
import { listen } from "../../src/transport/http/listener.ts";
import { createMcpEndpoint } from "../../src/transport/http/mcp_endpoint.ts";
import { type CallFacts, createMcpRoute } from "../../src/transport/http/mcp_route.ts";
import { createTrustedProxies } from "../../src/transport/http/trusted_proxies.ts";
import { FixtureServer } from "./fixture_protocol.ts";
import { withSessions } from "./fixture_sessions.ts";

const NO_VARIABLES = () => undefined;

const secrets = new Secrets();
const config = createConfig({ sandbox: true, noAudit: true }, NO_VARIABLES);
const http = createHttpConfig({ http: "0" }, NO_VARIABLES);
if (http === undefined) throw new Error("Expected an address");
const log = openLog(config, processSystem, secrets);
const assembly = await assemble({ config, system: processSystem, log, secrets });
const factory = serverFactoryOf({ config, assembly, secrets, isPublic: true }, FixtureServer);
const serverFor = ({ id }: CallFacts) => factory({ id });
const endpoint = withSessions(createMcpEndpoint({ serverFor, log }), serverFor);
const app = createHttpApp({
  hosts: { allowedHosts: http.allowedHosts, allowedOrigins: http.allowedOrigins, isLocal: true },
  proxies: createTrustedProxies([]),
  mcp: createMcpRoute({
    endpoint,
    limits: createCallerLimits(() => Promise.resolve(0), http.ratePerMinute),
  }),
  health: { check: () => Promise.resolve({}) },
  documents: [],
  isSecure: false,
  clock: systemClock,
  log,
});

const { promise: ended, resolve: end } = Promise.withResolvers<void>();
const stopListening = processSystem.onTermination(end);
{
  await using listener = await listen({ address: http.listen, fetch: app });
  log.info(`Serving MCP at http://${addressText(listener.address)}${MCP_PATH}`);
  await ended;
  await endpoint.close();
}
stopListening();
await log.close();

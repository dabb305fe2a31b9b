/**
 * An executor whose network a test plays, and whose waits take no time.
 *
 * @module
 */

import type { Endpoint } from "../../src/collection/endpoint.ts";
import { systemClock } from "../../src/core/clock.ts";
import { beginCall } from "../../src/core/context.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Log } from "../../src/core/log.ts";
import { createSeal } from "../../src/core/seal.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { createAdvice } from "../../src/tools/advice.ts";
import { createExecutor, type Executor, type ExecutorOptions } from "../../src/tools/executor.ts";
import { nextToken } from "../../src/tools/next_page.ts";
import { createOrganizationPolicy } from "../../src/tools/organization.ts";
import type { ToolResult } from "../../src/tools/results/result.ts";
import { createWebexClient } from "../../src/webex/client.ts";
import type { Credential } from "../../src/webex/credential/credential.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { callOf, FakeClock } from "./fake_clock.ts";
import { recordingLog } from "./recording_log.ts";

/** Whose pages the tests read. */
const HOLDER = { owner: "ann", profile: "acme" };

/** A credential that never changes. */
export function fixedCredential(token: string): Credential {
  return {
    kind: "token",
    id: "test",
    token: () => Promise.resolve(token),
    renew: () => Promise.resolve(undefined),
    renewal: "Set WEBEX_ACCESS_TOKEN to a fresh token and restart the server.",
    scopes: () => Promise.resolve(undefined),
  };
}

/** What a trial is made of; everything but the network has a default. */
export interface TrialOptions extends Partial<ExecutorOptions> {
  readonly fetch: Fetch;
  readonly token?: string;
  readonly endpoints?: readonly Endpoint[];
  readonly log?: Log;
  /** The network is a real one, so time has to be, too. */
  readonly realTime?: boolean;
}

/** An executor, and how a test calls it. */
export interface ExecutorTrial {
  readonly executor: Executor;
  readonly clock: FakeClock;
  /** Calls an endpoint; whatever it waits for happens at once. */
  call(endpoint: Endpoint, args: JsonObject, signal?: AbortSignal): Promise<ToolResult>;
  /** How often a change was announced. */
  readonly announced: () => number;
}

/**
 * Makes an executor.
 *
 * @param options What differs from the default.
 * @returns The executor, and how to call it.
 */
export function executorTrial(options: TrialOptions): ExecutorTrial {
  const { fetch, token = "test-token", endpoints = [], realTime = false, ...rest } = options;
  const fake = new FakeClock();
  const clock = realTime ? systemClock : fake;
  const credential = fixedCredential(token);
  const secrets = new Secrets();
  secrets.add(token);
  const governor = createGovernor({ clock, random: () => 0.5 });
  const seal = createSeal({ clock });
  const lookup = () => Promise.resolve(undefined);
  let announced = 0;
  const executor = createExecutor({
    client: createWebexClient({ fetch, credential, clock, governor, secrets, random: () => 0.5 }),
    advice: createAdvice({
      catalogue: { endpoints: () => Promise.resolve(endpoints) },
      credential,
      owner: { lookup },
      clock,
    }),
    organization: createOrganizationPolicy({ lookup, curious: false }),
    nextToken: (endpoint, position) => nextToken(seal, HOLDER, endpoint, position),
    fit: (value) => Promise.resolve(value),
    validation: "strict",
    idCheck: "refuse",
    readFile: () => Promise.reject(new Error("Expected no file")),
    clock,
    log: recordingLog(),
    ...rest,
  });
  return {
    executor,
    clock: fake,
    async call(endpoint, args, signal) {
      using context = realTime
        ? beginCall({ clock, deadlineMs: 55_000, signal })
        : callOf(clock, signal === undefined ? {} : { signal });
      const beforeWrite = () => {
        announced++;
        return Promise.resolve(undefined);
      };
      const result = executor.call(endpoint, args, { ...context, beforeWrite });
      return await (realTime ? result : fake.until(result));
    },
    announced: () => announced,
  };
}

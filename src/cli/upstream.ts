/**
 * Where calls go, and with whose credential.
 *
 * @module
 */

import type { CredentialSource } from "../config/credential_source.ts";
import { systemClock } from "../core/clock.ts";
import type { Fetch } from "../core/fetch.ts";
import { createCredential } from "../webex/credential/create_credential.ts";
import type { Credential } from "../webex/credential/credential.ts";
import { whoAmI } from "../webex/credential/identity.ts";
import { createOwner, type Owner } from "../webex/credential/owner.ts";
import { governedFetch } from "../webex/governed_fetch.ts";
import { createGovernor, type Governor } from "../webex/limits/governor.ts";
import type { SharedLimits } from "../webex/limits/shared_limits.ts";
import { DEFAULT_BASE_URL } from "../webex/requests/hosts.ts";
import type { Collections } from "./assembled_catalogue.ts";
import type { AssemblyParts } from "./assembly_parts.ts";

/** The simulated organization takes any token; the real one stays out of it. */
const SANDBOX_TOKEN = "sandbox";

/** A question about the token's owner is not worth a longer wait, in milliseconds. */
const OWNER_MS = 8_000;

/** What requests are sent with. */
export interface Upstream {
  readonly fetch: Fetch;
  readonly credential: Credential;
  readonly governor: Governor;
  readonly owner: Owner;
}

/** The simulated organization is built at the first call, from all endpoints, so that each finds what it refers to. */
function sandboxFetch(collections: Collections): Fetch {
  let sandbox: Promise<{ fetch: Fetch }> | undefined;
  return async (request) => {
    sandbox ??= import("../sandbox/sandbox.ts").then(async ({ createSandbox }) =>
      createSandbox((await collections()).flatMap(({ endpoints }) => endpoints))
    );
    return (await sandbox).fetch(request);
  };
}

function credentialOf({ config, system, log, secrets }: AssemblyParts): Credential {
  const source: CredentialSource = config.sandbox ? { type: "token", token: SANDBOX_TOKEN } : config.credential;
  return createCredential(source, {
    clock: systemClock,
    fetch: system.fetch,
    secrets,
    log,
    baseUrl: config.baseUrl ?? DEFAULT_BASE_URL,
    files: system.credentialFiles,
    run: system.run,
  });
}

function ownerOf({ config, secrets }: AssemblyParts, fetch: Fetch, credential: Credential): Owner {
  return createOwner({
    clock: systemClock,
    token: (signal) => credential.token(signal),
    read: async (token, signal) => {
      const baseUrl = config.baseUrl ?? DEFAULT_BASE_URL;
      return await whoAmI({ fetch, baseUrl, token, secrets, signal, extent: "owner" });
    },
  });
}

/**
 * Makes what requests are sent with. Nothing is sent, and no token is read, before the first call.
 *
 * @param parts The configuration and the outside of the program.
 * @param collections What the simulated organization is made of.
 * @param shared Holds limits over several processes.
 * @returns The network or its stand-in, the credential, and what governs both.
 */
export function upstreamOf(parts: AssemblyParts, collections: Collections, shared?: SharedLimits): Upstream {
  const { config, system } = parts;
  const fetch = config.sandbox ? sandboxFetch(collections) : system.fetch;
  const credential = credentialOf(parts);
  const governor = createGovernor({
    clock: systemClock,
    random: Math.random,
    concurrency: config.concurrency,
    shared,
    realm: config.profile.name,
  });
  const governed = governedFetch({
    fetch,
    governor,
    clock: systemClock,
    credential: credential.id,
    deadlineMs: OWNER_MS,
  });
  return { fetch, credential, governor, owner: ownerOf(parts, governed, credential) };
}

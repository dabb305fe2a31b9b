/**
 * The MCP servers of all callers: each with its own policy, all with what the process shares.
 *
 * @module
 */

import type { Server } from "@modelcontextprotocol/server";
import type { Caller } from "../../access/caller.ts";
import type { Config } from "../../config/config.ts";
import { narrowConfig } from "../../config/narrow.ts";
import type { Observers } from "../../server/observed_server.ts";
import type { RequestBinding } from "../../server/server.ts";
import { noMeter } from "../../telemetry/meter.ts";
import { serverFactoryOf } from "../server_factory.ts";
import { assemble } from "../assembly.ts";
import type { AssemblyParts } from "../assembly_parts.ts";
import { type EndLooking, observeAssembly } from "../observed_assembly.ts";
import type { SharedParts } from "../shared_parts.ts";

/** What serves one caller. */
export interface Service {
  /** Makes the server of one request. */
  server(binding: RequestBinding): Server;
}

/** What services are made of. */
export interface ServicesOptions extends AssemblyParts {
  readonly shared: SharedParts;
  /** Gives the configuration of a profile; without a name that of the process. */
  readonly configFor: (profile: string | undefined) => Promise<Config>;
  /** Callers are told apart. */
  readonly tellsApart: boolean;
  /** Who learns of requests. */
  readonly observers: Observers;
}

/** Services beyond this number are made anew when they are needed again. */
const MANY_SERVICES = 500;

/** A caller has as many policies at a time as it has kinds of tokens; those beyond were changed since. */
const MANY_OF_ONE = 4;

/** Callers elsewhere have no files here, and share the memory for results. */
const REMOTE = { remote: true, maxResultBytes: 16 * 1024 * 1024 } as const;

/** A service, and its end. */
interface OwnService extends Service {
  /** Resolves when every call so far is recorded. */
  settled(): Promise<void>;
  readonly endLooking: EndLooking;
}

/** A service that is used, or will be. */
interface Held {
  readonly name: string;
  readonly service: Promise<OwnService>;
}

/** The services of all callers. */
export class Services {
  readonly #options: ServicesOptions;
  /** In the order in which they were last asked for. */
  readonly #held = new Map<string, Held>();
  /** Whatever was in flight may take a moment to be recorded after its service is let go. */
  readonly #leaving = new Set<Promise<void>>();

  /** @param options What they are made of. */
  constructor(options: ServicesOptions) {
    this.#options = options;
  }

  /**
   * Gives the service of a caller.
   *
   * @param caller The caller.
   * @returns Its service; the same for the same name and policy.
   * @throws {UsageError} If the policy names what isn't there.
   */
  serviceFor(caller: Caller): Promise<Service> {
    const { name, policy } = caller;
    const key = JSON.stringify([name, policy]);
    const known = this.#held.get(key);
    const held = known ?? { name, service: this.#make(caller) };
    this.#held.delete(key);
    this.#held.set(key, held);
    if (known === undefined) {
      // A policy that was wrong may be mended by the next request.
      held.service.catch(() => this.#forget(key, held));
      this.#makeRoom(name);
    }
    return held.service;
  }

  /** Resolves when every call so far is recorded. */
  async settled(): Promise<void> {
    const settling = [...this.#held.values()].map(({ service }) => service.then(({ settled }) => settled(), () => {}));
    await Promise.all([...settling, ...this.#leaving]);
  }

  /** Lets all services go. Resolves when every call so far is recorded. */
  async release(): Promise<void> {
    for (const [key, held] of this.#held) this.#letGo(key, held);
    await Promise.all(this.#leaving);
  }

  #makeRoom(name: string): void {
    const [oldest, ...others] = [...this.#held].filter(([, held]) => held.name === name);
    if (oldest !== undefined && others.length >= MANY_OF_ONE) this.#letGo(...oldest);
    const [first] = this.#held;
    if (first !== undefined && this.#held.size > MANY_SERVICES) this.#letGo(...first);
  }

  #letGo(key: string, held: Held): void {
    this.#forget(key, held);
    const end = async () => {
      const { settled, endLooking } = await held.service;
      await settled();
      endLooking();
    };
    // One that could not be made has nothing to end.
    const left = end().catch(() => {}).finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  #forget(key: string, held: Held): void {
    if (this.#held.get(key) === held) this.#held.delete(key);
  }

  async #make({ name, policy }: Caller): Promise<OwnService> {
    const { shared, configFor, tellsApart, observers, ...parts } = this.#options;
    const config = narrowConfig(await configFor(policy.profile), policy, `caller "${name}"`, parts.config);
    const assembly = await assemble({ ...parts, ...REMOTE, config, caller: name }, shared);
    const { secrets } = parts;
    const factory = serverFactoryOf({ config, assembly, secrets, isPublic: !tellsApart, observers });
    return {
      server: factory,
      settled: () => assembly.dispatcher.settled(),
      endLooking: observeAssembly(observers.meter ?? noMeter, config.profile.name, assembly),
    };
  }
}

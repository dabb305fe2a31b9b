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
import { observeAssembly } from "../observed_assembly.ts";
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

/** Callers elsewhere have no files here, and share the memory for results. */
const REMOTE = { remote: true, maxResultBytes: 16 * 1024 * 1024 } as const;

/** A service, and what ends with it. */
interface Running extends Service {
  /** Resolves when every call so far is recorded. */
  settled(): Promise<void>;
  /** Ends the looking at it. */
  end(): void;
}

/** The services of all callers. */
export class Services {
  readonly #options: ServicesOptions;
  readonly #services = new Map<string, Promise<Running>>();
  /** Those that had to make room, until their calls are recorded. */
  readonly #retiring = new Set<Promise<void>>();

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
    const key = JSON.stringify([caller.name, caller.policy]);
    const service = this.#services.get(key) ?? this.#make(caller);
    this.#services.delete(key);
    this.#services.set(key, service);
    // A policy that was wrong may be mended by the next request.
    service.catch(() => this.#services.delete(key));
    const [oldest] = this.#services.keys();
    if (this.#services.size > MANY_SERVICES && oldest !== undefined) this.#retire(oldest);
    return service;
  }

  /** Resolves when every call so far is recorded. */
  async settled(): Promise<void> {
    const settling = [...this.#services.values()].map(async (service) => await (await service).settled());
    await Promise.allSettled([...settling, ...this.#retiring]);
  }

  #retire(key: string): void {
    const service = this.#services.get(key);
    this.#services.delete(key);
    const retired = Promise.resolve(service).then(async (running) => {
      await running?.settled();
      running?.end();
    }).catch(() => {}).finally(() => this.#retiring.delete(retired));
    this.#retiring.add(retired);
  }

  async #make({ name, policy }: Caller): Promise<Running> {
    const { shared, configFor, tellsApart, observers, ...parts } = this.#options;
    const config = narrowConfig(await configFor(policy.profile), policy, `caller "${name}"`);
    const assembly = await assemble({ ...parts, ...REMOTE, config, caller: name }, shared);
    const end = observeAssembly(observers.meter ?? noMeter, config.profile.name, assembly);
    const { secrets } = parts;
    const factory = serverFactoryOf({ config, assembly, secrets, isPublic: !tellsApart, observers });
    return { server: factory, settled: () => assembly.dispatcher.settled(), end };
  }
}

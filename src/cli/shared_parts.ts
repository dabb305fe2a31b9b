/**
 * What all servers of one process share, however many callers it tells apart.
 *
 * @module
 */

import { absentAudit } from "../audit/absent.ts";
import { type AuditTrail, createAuditTrail, noAudit } from "../audit/trail.ts";
import type { Config } from "../config/config.ts";
import { systemClock } from "../core/clock.ts";
import type { Bytes } from "../core/cipher_box.ts";
import { createSeal, type Seal } from "../core/seal.ts";
import { createMemoryStore } from "../store/memory_store.ts";
import type { Store } from "../store/store.ts";
import { collectionsOf } from "./assembled_catalogue.ts";
import type { AssemblyParts } from "./assembly_parts.ts";
import { type EndLooking, observeUpstream } from "./observed_assembly.ts";
import { noMeter } from "../telemetry/meter.ts";
import type { SharedLimits } from "../webex/limits/shared_limits.ts";
import { type ServedCatalogue, servedCatalogue } from "./served_catalogue.ts";
import { type Upstream, upstreamOf } from "./upstream.ts";

/** What is shared. */
export interface SharedParts {
  readonly audit: AuditTrail;
  readonly seal: Seal;
  /** Where results and used plans are kept. */
  readonly store: Store;
  /**
   * Gives the catalogue that a configuration selects; equal selections share one.
   *
   * @throws {UsageError} If a feature is unknown, a pattern matches no tool, or no tool is left.
   */
  catalogueFor(config: Config): Promise<ServedCatalogue>;
  /** Gives what requests are sent with; one for each profile, so that its limits hold for all callers together. */
  upstreamFor(config: Config): Upstream;
}

function auditOf({ config, system, log, secrets }: AssemblyParts): AuditTrail {
  const { audit } = config;
  if (audit.off) return noAudit;
  if (audit.path === undefined) return absentAudit("no home directory is known");
  return createAuditTrail({
    path: audit.path,
    files: system.auditFiles,
    clock: systemClock,
    secrets,
    pid: system.pid,
    randomId: () => crypto.randomUUID(),
    log,
  });
}

/** What several processes share. */
export interface CommonState {
  readonly store: Store;
  /** What tokens are sealed with; absent: random ones, which end with the process. */
  readonly keys?: readonly Bytes[];
  /** Holds limits over all processes. */
  readonly limits?: SharedLimits;
}

/** @returns State of this process alone. */
function ownState(): CommonState {
  return { store: createMemoryStore({ clock: systemClock }) };
}

/** What decides which catalogue it is, and what it says of tools that it lacks. */
function catalogueKey(config: Config): string {
  const { selection, readOnly, schema, tools, server = config } = config;
  return JSON.stringify([selection, readOnly, schema, tools, server.selection, server.readOnly]);
}

/** What decides where requests go, and with whose credential. */
function upstreamKey({ profile, credential, organization, partner, baseUrl, sandbox, concurrency }: Config): string {
  return JSON.stringify([profile.name, credential, organization, partner, baseUrl, sandbox, concurrency]);
}

/** Catalogues beyond this number are made anew when they are needed again. */
const MANY_CATALOGUES = 32;

/** Keeps what was made by key; what was not asked for longest is dropped first, and at once what could not be made. */
class Kept<T> {
  readonly #values = new Map<string, Promise<T>>();

  constructor(readonly most: number) {}

  /** What can't be made is tried again when it is asked for again. */
  obtain(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#values.get(key);
    const value = known ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    if (known === undefined) value.catch(() => this.#values.get(key) === value && this.#values.delete(key));
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.most && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }

  get size(): number {
    return this.#values.size;
  }
}

/** Where the requests of a profile go, as its configuration says just now. */
interface KnownUpstream {
  readonly key: string;
  readonly upstream: Upstream;
  readonly endLooking: EndLooking;
}

/**
 * Makes what is shared. Nothing is read or sent before it is needed.
 *
 * @param parts The configuration of the process, and the outside of the program.
 * @param common What other processes share with this one, too; by default nothing.
 * @returns What is shared.
 */
export function createSharedParts(parts: AssemblyParts, common: CommonState = ownState()): SharedParts {
  const { config, system, meter = noMeter } = parts;
  const collections = collectionsOf(config, system);
  const catalogues = new Kept<ServedCatalogue>(MANY_CATALOGUES);
  meter.observe("catalogues", () => catalogues.size);
  const upstreams = new Map<string, KnownUpstream>();
  function catalogueFor(own: Config): Promise<ServedCatalogue> {
    const { server } = own;
    const key = catalogueKey(own);
    const whole = server === undefined || catalogueKey(server) === key ? undefined : () => catalogueFor(server);
    return catalogues.obtain(key, () => servedCatalogue(own, parts, collections, whole));
  }
  return {
    audit: auditOf(parts),
    seal: createSeal({ clock: systemClock, ...(common.keys === undefined ? {} : { keys: common.keys }) }),
    store: common.store,
    catalogueFor,
    upstreamFor(own) {
      const { name } = own.profile;
      const key = upstreamKey(own);
      const known = upstreams.get(name);
      if (known?.key === key) return known.upstream;
      // Who calls by the profile's old form keeps that; for others, it is gone.
      known?.endLooking();
      const upstream = upstreamOf({ ...parts, config: own }, collections, common.limits);
      upstreams.set(name, { key, upstream, endLooking: observeUpstream(meter, name, upstream) });
      return upstream;
    },
  };
}

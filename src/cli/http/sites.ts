/**
 * The sites of one process: the one that answers now, and those before it that still have something to answer.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import type { HttpConfig } from "../../config/http.ts";
import { UsageError, WebexMcpError } from "../../core/errors.ts";
import { InFlight } from "../../transport/http/in_flight.ts";
import { loadConfig } from "../config_file.ts";
import { createSharedParts, type SharedParts } from "../shared_parts.ts";
import type { Draining } from "./drain.ts";
import { loadHttpConfig } from "./http_config_file.ts";
import type { ServeHttpParts } from "./parts.ts";
import { createSite, type Site } from "./site.ts";
import type { OpenState } from "./state.ts";

/** What can't be changed while the server listens, with its name in the configuration. */
const FIXED = {
  listen: "the address",
  tls: "TLS",
  store: "the store",
  keyFile: "the key",
  metrics: "the address of the metrics",
} as const;

function fixedChanges(before: HttpConfig, after: HttpConfig): string[] {
  return Object.entries(FIXED)
    .filter(([key]) =>
      JSON.stringify(before[key as keyof typeof FIXED]) !== JSON.stringify(after[key as keyof typeof FIXED])
    )
    .map(([, name]) => name);
}

/** What can't be changed stays as it was, so that the next reload tells of it again. */
function withFixed({ listen, tls, store, keyFile, metrics }: HttpConfig, after: HttpConfig): HttpConfig {
  const { tls: _tls, store: _store, keyFile: _keyFile, metrics: _metrics, ...others } = after;
  return {
    ...others,
    listen,
    ...(tls === undefined ? {} : { tls }),
    ...(store === undefined ? {} : { store }),
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(metrics === undefined ? {} : { metrics }),
  };
}

/** A file that is gone for a moment must not open a server to everybody who reaches it, for example through a proxy. */
function checkOpenness({ tellsApart }: Site, { callersFile, oauth }: HttpConfig): void {
  if (!tellsApart || callersFile !== undefined || oauth !== undefined) return;
  throw new UsageError(
    "Cannot stop telling callers apart while the server listens: no file of callers, and no issuer",
    {
      code: "callers_gone",
      guidance: "Bring them back; to let everybody call who reaches the server, restart it.",
    },
  );
}

/** The sites of one process. */
export class Sites implements Draining, AsyncDisposable {
  readonly inFlight: InFlight = new InFlight();
  readonly #parts: ServeHttpParts;
  readonly #shared: SharedParts;
  readonly #cancel = new AbortController();
  readonly #sites = new Set<Site>();
  #current: Site | undefined;
  readonly #ending = new AbortController();
  #reloading: Promise<void> = Promise.resolve();

  readonly #state: OpenState;

  /**
   * @param parts What serving starts from.
   * @param state What other servers share.
   */
  constructor(parts: ServeHttpParts, state: OpenState) {
    this.#parts = parts;
    this.#state = state;
    this.#shared = createSharedParts(parts, state);
  }

  /** The site that answers. */
  get current(): Site {
    if (this.#current === undefined) throw new Error("There is no site yet");
    return this.#current;
  }

  /**
   * Makes a site, and lets it answer from now on.
   *
   * @param config How calls are made.
   * @param http How they come.
   * @returns How many tools there are.
   * @throws {UsageError} If something of it can't be; the site before goes on then.
   */
  async open(config: Config, http: HttpConfig): Promise<{ readonly tools: number }> {
    const { catalogue } = await this.#shared.catalogueFor(config);
    const site = await createSite(config, http, {
      ...this.#parts,
      shared: this.#shared,
      inFlight: this.inFlight,
      take: this.#state.take,
      cancel: this.#cancel.signal,
      ending: this.#ending.signal,
    });
    const before = this.#current;
    this.#sites.add(site);
    this.#current = site;
    if (before !== undefined) void this.#retire(before);
    return { tools: catalogue.size };
  }

  /** Reads the configuration anew; where it is wrong, everything stays as it is. Never throws. */
  reload(): Promise<void> {
    return this.#reloading = this.#reloading.then(() => this.#reload());
  }

  stop(): void {
    this.#ending.abort();
  }

  cancel(): void {
    this.#cancel.abort();
  }

  async closeAnswers(): Promise<void> {
    await Promise.all([...this.#sites].map((site) => site.closeAnswers()));
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#sites].map((site) => site.settled()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#shared.audit.close();
  }

  async #retire(site: Site): Promise<void> {
    await site.idle();
    await site.release();
    this.#sites.delete(site);
  }

  async #reload(): Promise<void> {
    const { flags, system, log } = this.#parts;
    try {
      const config = await loadConfig(flags, system);
      const http = await loadHttpConfig(flags, config, system);
      const fixed = fixedChanges(this.current.http, http);
      checkOpenness(this.current, http);
      if (fixed.length > 0) log.warning(`A new value needs a restart: ${fixed.join(", ")}`);
      const { tools } = await this.open(config, withFixed(this.current.http, http));
      log.info(`Read the configuration anew; there are ${tools} API endpoints`);
    } catch (error) {
      log.error(
        `Kept the configuration: ${error instanceof WebexMcpError ? error.message : "the new one can't be read"}`,
      );
      log.debug(`It failed with: ${error}`);
    }
  }
}

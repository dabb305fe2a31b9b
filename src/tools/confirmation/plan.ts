/**
 * Seals a change that waits for consent, so that nothing but this very change can be made with the consent, and only once.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { RefusedError } from "../../core/errors.ts";
import { isRecord, type Json } from "../../core/json.ts";
import type { Seal } from "../../core/seal.ts";
import type { Store } from "../../store/store.ts";
import { StoreError } from "../../store/store_error.ts";
import type { PreparedRequest } from "../../webex/requests/request.ts";
import { digestOfRequest } from "./request_digest.ts";

/** What a consent is for. */
export interface Change {
  /** The endpoint's tool. */
  readonly tool: string;
  /** What is sent: arguments may name a file, and its content may be another by then. */
  readonly request: PreparedRequest;
}

/** Who holds the token meanwhile: a model, as `plan_id`, or a client that asks its user. */
export type Purpose = "plan" | "question";

/** A sealed change. */
export interface SealedPlan {
  readonly token: string;
  /** When it ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Makes and redeems sealed changes. */
export interface Plans {
  /**
   * Seals a change.
   *
   * @param purpose What it is sealed for.
   * @param change What would be sent.
   * @returns The token.
   * @throws {RefusedError} If the body is nested too deeply to be sealed, or the store can't be asked.
   */
  seal(purpose: Purpose, change: Change): Promise<SealedPlan>;
  /**
   * Opens a token for the last time.
   *
   * @param purpose What it must have been sealed for.
   * @param token The token.
   * @param change What is about to be sent.
   * @throws {RefusedError} If the token is not one of ours, has expired, was used before, or is for another change; or
   * `store_unavailable`, if nobody can tell whether it was used before.
   */
  redeem(purpose: Purpose, token: string, change: Change): Promise<void>;
}

/** What plans are made with. */
export interface PlanOptions {
  readonly seal: Seal;
  readonly clock: Clock;
  /** Remembers which plans were used. */
  readonly store: Store;
  /** Whose plans they are: nobody else can make the change. */
  readonly owner: string;
  /** Whose credential the change is made with: a plan of one profile is worth nothing in another. */
  readonly profile: string;
  /** Where the change goes: a base URL, and the organization, as far as they are known. */
  readonly place: string;
  /** Default: a random UUID. */
  readonly randomId?: () => string;
}

/** How long a plan waits for consent, in milliseconds. */
export const PLAN_TTL_MS: number = 10 * 60_000;

const SEAL_PURPOSES: Readonly<Record<Purpose, string>> = { plan: "write_plan", question: "write_question" };

function refuse(code: string, message: string, guidance: string): never {
  throw new RefusedError(message, { code, guidance });
}

const AGAIN = "Call once more without it; the answer gives a new one.";

function sealError(error: unknown, purpose: Purpose): unknown {
  if (!(error instanceof RefusedError)) return error;
  const isExpired = error.code === "expired_token";
  const code = isExpired ? "expired_plan" : purpose === "plan" ? "bad_plan" : "bad_state";
  return new RefusedError(
    isExpired ? "The plan has expired" : "The plan is incomplete, changed, or of another server process",
    { code, guidance: AGAIN, cause: error },
  );
}

/** Nothing goes through unchecked. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new RefusedError("Cannot go by a plan: the store that remembers which were used cannot be reached", {
      code: "store_unavailable",
      guidance: "Nothing was sent. Wait a few seconds, then make the same call again.",
      cause: error,
    });
  }
}

class SealedPlans implements Plans {
  readonly #options: Required<PlanOptions>;

  constructor(options: PlanOptions) {
    this.#options = { randomId: () => crypto.randomUUID(), ...options };
  }

  async seal(purpose: Purpose, change: Change): Promise<SealedPlan> {
    const { seal, clock, store, owner, profile, place, randomId } = this.#options;
    const payload = {
      id: randomId(),
      tool: change.tool,
      digest: await digestOfRequest(change.request),
      owner,
      profile,
      place,
      epoch: await asked(() => store.epoch()),
    };
    const expiresAt = clock.now() + PLAN_TTL_MS;
    return { token: await seal.seal(SEAL_PURPOSES[purpose], payload, PLAN_TTL_MS), expiresAt };
  }

  async redeem(purpose: Purpose, token: string, change: Change): Promise<void> {
    const payload = await this.#open(purpose, token);
    const digest = await digestOfRequest(change.request);
    const { id, tool, digest: sealed, owner, profile, place, epoch } = isRecord(payload) ? payload : {};
    if (typeof id !== "string") refuse("bad_plan", "The plan is not one of this server", AGAIN);
    if (tool !== change.tool || sealed !== digest) {
      refuse(
        "other_plan",
        "The plan is for another change: its tool, arguments or files differ from this call's",
        "Pass exactly the arguments that the plan was made for, or call once more without it for a new plan.",
      );
    }
    if (owner !== this.#options.owner) refuse("other_plan", "The plan was made for another caller", AGAIN);
    if (profile !== this.#options.profile || place !== this.#options.place) {
      refuse("other_plan", "The plan is of another profile or organization", AGAIN);
    }
    await asked(() => this.#spend(id, epoch));
  }

  async #spend(id: string, epoch: unknown): Promise<void> {
    const { store } = this.#options;
    if (!await store.claim(JSON.stringify(["plan", id]), PLAN_TTL_MS)) {
      refuse(
        "used_plan",
        "The plan was used before: a plan makes its change once",
        "Read the object: the change may have been made. Only where it was not, call once more without the plan.",
      );
    }
    // Asked after the claim: a memory that was lost before it, or in between, is not the plan's.
    if (await store.epoch() === epoch) return;
    refuse("expired_plan", "The plan is void: the server that remembers which were used has started anew since", AGAIN);
  }

  async #open(purpose: Purpose, token: string): Promise<Json> {
    try {
      return await this.#options.seal.open(SEAL_PURPOSES[purpose], token);
    } catch (error) {
      throw sealError(error, purpose);
    }
  }
}

/**
 * Makes plans.
 *
 * @param options What they are made with.
 * @returns Plans, each of which is redeemed once, by whichever replica.
 */
export function createPlans(options: PlanOptions): Plans {
  return new SealedPlans(options);
}

/**
 * Seals a change that waits for consent, so that nothing but this very change can be made with the consent, and only once.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { RefusedError } from "../../core/errors.ts";
import { isRecord, type Json } from "../../core/json.ts";
import type { Seal } from "../../core/seal.ts";
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
   * @throws {RefusedError} If the body is nested too deeply to be sealed.
   */
  seal(purpose: Purpose, change: Change): Promise<SealedPlan>;
  /**
   * Opens a token for the last time.
   *
   * @param purpose What it must have been sealed for.
   * @param token The token.
   * @param change What is about to be sent.
   * @throws {RefusedError} If the token is not one of ours, has expired, was used before, or is for another change.
   */
  redeem(purpose: Purpose, token: string, change: Change): Promise<void>;
}

/** What plans are made with. */
export interface PlanOptions {
  readonly seal: Seal;
  readonly clock: Clock;
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

class SealedPlans implements Plans {
  readonly #options: Required<PlanOptions>;
  /** Tokens that were used, until they would have expired. */
  readonly #spent = new Map<string, number>();

  constructor(options: PlanOptions) {
    this.#options = { randomId: () => crypto.randomUUID(), ...options };
  }

  async seal(purpose: Purpose, change: Change): Promise<SealedPlan> {
    const { seal, clock, profile, place, randomId } = this.#options;
    const payload = {
      id: randomId(),
      tool: change.tool,
      digest: await digestOfRequest(change.request),
      profile,
      place,
    };
    const expiresAt = clock.now() + PLAN_TTL_MS;
    return { token: await seal.seal(SEAL_PURPOSES[purpose], payload, PLAN_TTL_MS), expiresAt };
  }

  async redeem(purpose: Purpose, token: string, change: Change): Promise<void> {
    const payload = await this.#open(purpose, token);
    const digest = await digestOfRequest(change.request);
    // From here to the end nothing waits: of two calls with one plan, the second finds it used.
    const { id, tool, digest: sealed, profile, place } = isRecord(payload) ? payload : {};
    if (typeof id !== "string") refuse("bad_plan", "The plan is not one of this server", AGAIN);
    if (tool !== change.tool || sealed !== digest) {
      refuse(
        "other_plan",
        "The plan is for another change: its tool, arguments or files differ from this call's",
        "Pass exactly the arguments that the plan was made for, or call once more without it for a new plan.",
      );
    }
    if (profile !== this.#options.profile || place !== this.#options.place) {
      refuse("other_plan", "The plan is of another profile or organization", AGAIN);
    }
    this.#spend(id);
  }

  async #open(purpose: Purpose, token: string): Promise<Json> {
    try {
      return await this.#options.seal.open(SEAL_PURPOSES[purpose], token);
    } catch (error) {
      throw sealError(error, purpose);
    }
  }

  #spend(id: string): void {
    const now = this.#options.clock.now();
    for (const [spent, until] of this.#spent) if (until <= now) this.#spent.delete(spent);
    if (this.#spent.has(id)) {
      refuse(
        "used_plan",
        "The plan was used before: a plan makes its change once",
        "Read the object: the change may have been made. Only where it was not, call once more without the plan.",
      );
    }
    this.#spent.set(id, now + PLAN_TTL_MS);
  }
}

/**
 * Makes plans.
 *
 * @param options What they are made with.
 * @returns Plans that remember which of them were used.
 */
export function createPlans(options: PlanOptions): Plans {
  return new SealedPlans(options);
}

/**
 * What the commands about credentials need from outside the program.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { Secrets } from "../../core/secrets.ts";
import type { OAuthParts } from "../../webex/credential/oauth.ts";
import type { Input } from "../input.ts";
import type { System } from "../system.ts";

/** The outside, with a person who types. */
export interface AuthOutside extends System {
  readonly input: Input;
  readonly clock: Clock;
}

/** What a login works with. */
export interface LoginParts {
  readonly outside: AuthOutside;
  readonly oauth: OAuthParts;
  readonly secrets: Secrets;
  /** Aborts when the person wants no more. */
  readonly signal: AbortSignal;
}

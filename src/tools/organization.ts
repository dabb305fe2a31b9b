/**
 * Makes sure that a call acts on the organization that is meant, and says which one it was where that can be in doubt.
 *
 * Webex takes a call without `orgId` for one on the token's own organization. For a partner, whose token reaches many, that
 * is the partner's own, and nothing in the answer tells.
 *
 * @module
 */

import { argumentsOf } from "../collection/arguments.ts";
import type { Endpoint } from "../collection/endpoint.ts";
import type { CallContext } from "../core/context.ts";
import { RefusedError } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import { isSameId } from "../webex/ids/id.ts";

/** What is known of the token's owner. */
export interface OwnOrganization {
  readonly organizationId?: string | undefined;
  readonly organizationName?: string | undefined;
  /** The token reaches other organizations, too. */
  readonly partner?: boolean | undefined;
}

/** How organizations are handled. */
export interface OrganizationOptions {
  /** The one organization that calls may act on. */
  readonly pinned?: string | undefined;
  /** The profile says that its token reaches several organizations. */
  readonly partner?: boolean | undefined;
  /** Asks Webex who the token's owner is, once; `undefined` where that can't be found out. */
  readonly lookup: (context: CallContext) => Promise<OwnOrganization | undefined>;
  /** Asks even where nothing says that the token is a partner's. */
  readonly curious: boolean;
}

/** Decides on the organization of calls. */
export interface OrganizationPolicy {
  /**
   * Puts the pinned organization into a call.
   *
   * @param endpoint What is called.
   * @param args The arguments.
   * @param context The call's limits.
   * @returns The arguments, with `orgId` where it was missing.
   * @throws {RefusedError} If the call would act on the token's own organization, and that isn't the pinned one.
   */
  apply(endpoint: Endpoint, args: JsonObject, context: CallContext): Promise<JsonObject>;
  /**
   * Says which organization a call acted on, where the caller can't know.
   *
   * @param endpoint What was called.
   * @param args The arguments as the caller gave them.
   * @param context The call's limits.
   * @returns `{organization: {id, name?, note}}`, or nothing.
   */
  note(endpoint: Endpoint, args: JsonObject, context: CallContext): Promise<JsonObject>;
}

const ORGANIZATION = "orgId";

function takesOrganization(endpoint: Endpoint): boolean {
  return argumentsOf(endpoint).some(({ name }) => name === ORGANIZATION);
}

/**
 * Makes a policy.
 *
 * @param options What is pinned, and how to find out the token's own organization.
 * @returns The policy.
 */
export function createOrganizationPolicy(options: OrganizationOptions): OrganizationPolicy {
  const { pinned, partner, lookup, curious } = options;

  async function requireOwn(endpoint: Endpoint, context: CallContext, wanted: string): Promise<void> {
    const own = (await lookup(context))?.organizationId;
    if (own !== undefined && isSameId(own, wanted)) return;
    // What nobody can tell is no reason to keep a caller from looking.
    if (own === undefined && endpoint.facts.kind === "read") return;
    const whose = own === undefined ? "whose organization could not be found out" : "of another organization";
    throw new RefusedError(
      `Cannot call ${endpoint.tool}: it takes no orgId and acts on the organization of the token, ${whose}`,
      {
        code: "other_organization",
        guidance: `The profile is pinned to organization "${wanted}": use a profile whose token belongs to it.`,
      },
    );
  }

  return {
    async apply(endpoint, args, context) {
      if (pinned === undefined || args[ORGANIZATION] !== undefined) return args;
      if (takesOrganization(endpoint)) return { ...args, [ORGANIZATION]: pinned };
      await requireOwn(endpoint, context, pinned);
      return args;
    },
    async note(endpoint, args, context) {
      if (args[ORGANIZATION] !== undefined || !takesOrganization(endpoint)) return {};
      if (pinned !== undefined) return { organization: { id: pinned, note: "The organization of the profile" } };
      if (partner !== true && !curious) return {};
      const own = await lookup(context);
      if (own?.organizationId === undefined || !(partner === true || own.partner === true)) return {};
      return {
        organization: {
          id: own.organizationId,
          ...(own.organizationName === undefined ? {} : { name: own.organizationName }),
          note: "No orgId was given: this is the token's own organization",
        },
      };
    },
  };
}

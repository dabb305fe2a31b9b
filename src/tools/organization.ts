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
import { isSameId } from "../core/webex_id.ts";
import { isOpen, isOrganization, namesOrganization } from "../webex/ids/pin.ts";

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
   * @param args The arguments; whatever else names an organization in them has been checked.
   * @param context The call's limits, and whether it is a rehearsal: then nobody is asked whose the token is.
   * @returns The arguments: an empty `orgId` counts as none, and where one is pinned, it is in the place of none and of
   * its other forms.
   * @throws {RefusedError} If the call would act on another organization than the pinned one.
   */
  apply(
    endpoint: Endpoint,
    args: JsonObject,
    context: CallContext & { readonly rehearsal?: boolean | undefined },
  ): Promise<JsonObject>;
  /**
   * Checks the address of a request, also that of a list's next page, which Webex or a client has given.
   *
   * @param url The address.
   * @throws {RefusedError} If it names another organization than the pinned one.
   */
  checkPosition(url: URL): void;
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

/** A call without any of these acts on the token's own organization; the first one is the usual. */
const DECIDING = ["orgId", "organizationId"] as const;

/** The endpoint's own arguments that name an organization, in the order of its arguments. */
function organizationArguments(endpoint: Endpoint): string[] {
  return argumentsOf(endpoint).filter(({ name, key }) => namesOrganization(key === "" ? name : key))
    .map(({ name }) => name);
}

/** The argument that says where a call acts. */
function decidingArgument(endpoint: Endpoint): string | undefined {
  const own = new Set(organizationArguments(endpoint));
  return DECIDING.find((name) => own.has(name));
}

function isNamed(args: JsonObject): boolean {
  return Object.entries(args).some(([name, value]) => namesOrganization(name) && !isOpen(value));
}

/** Webex takes an empty `orgId` for none, and so does everything here. */
function withoutOpen(endpoint: Endpoint, args: JsonObject): JsonObject {
  const own = organizationArguments(endpoint);
  const entries = Object.entries(args);
  const kept = entries.filter(([name, value]) => !isOpen(value) || !(own.includes(name) || namesOrganization(name)));
  return kept.length === entries.length ? args : Object.fromEntries(kept);
}

function otherOrganization(message: string, guidance: string): RefusedError {
  return new RefusedError(message, { code: "other_organization", guidance });
}

/** The arguments with the pin in them; `undefined` where nothing in them says where the call acts. */
function withPin(endpoint: Endpoint, args: JsonObject, pinned: string): JsonObject | undefined {
  const own = organizationArguments(endpoint);
  const wrong = Object.keys(args).find((name) =>
    own.includes(name) ? !isOrganization(args[name], pinned) : namesOrganization(name)
  );
  if (wrong !== undefined) {
    throw otherOrganization(
      `Cannot call ${endpoint.tool}: "${wrong}" is not the pinned organization`,
      `Leave "${wrong}" out, or use a profile that is for that organization.`,
    );
  }
  const deciding = decidingArgument(endpoint);
  const named = own.filter((name) => name === deciding || Object.hasOwn(args, name));
  // One way to write it is enough: what Webex makes of the others is its own affair.
  return named.length === 0 ? undefined : { ...args, ...Object.fromEntries(named.map((name) => [name, pinned])) };
}

function checkAddress({ searchParams }: URL, pinned: string): void {
  for (const [name, value] of searchParams) {
    if (!namesOrganization(name) || isOrganization(value, pinned)) continue;
    throw otherOrganization(
      "Cannot read this address: it names another organization than the one that is pinned",
      "Call the list's own tool again, without orgId.",
    );
  }
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
    throw otherOrganization(
      `Cannot call ${endpoint.tool}: it takes no orgId and acts on the organization of the token, ${whose}`,
      `The profile is pinned to organization "${wanted}": use a profile whose token belongs to it.`,
    );
  }

  return {
    async apply(endpoint, args, context) {
      const given = withoutOpen(endpoint, args);
      if (pinned === undefined) return given;
      const changed = withPin(endpoint, given, pinned);
      if (changed !== undefined) return changed;
      if (context.rehearsal !== true) await requireOwn(endpoint, context, pinned);
      return given;
    },
    checkPosition(url) {
      if (pinned !== undefined) checkAddress(url, pinned);
    },
    async note(endpoint, args, context) {
      if (isNamed(args) || decidingArgument(endpoint) === undefined) return {};
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

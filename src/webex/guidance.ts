/**
 * Says what to do about a failed call.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { scopeText } from "../collection/scopes.ts";
import type { Answer } from "./answer.ts";

function permission({ facts }: Endpoint): string {
  const { scopes, roles } = facts;
  const scope = scopes.length === 0 ? "" : `has the scope ${scopeText(facts)}`;
  const role = roles.length === 0 ? "" : `belongs to a ${roles.join(" or ")} administrator`;
  const needs = [scope, role].filter((part) => part !== "").join(" and ") || "may do this";
  return `Use a token that ${needs}; some settings also need a licence, and an organization can block the calling API.`;
}

function retryAfter({ retryAfter: after }: Answer): string {
  const seconds = Number(after);
  return Number.isFinite(seconds) && seconds > 0
    ? `Wait ${Math.ceil(seconds)} seconds, then try again.`
    : "Wait a few seconds, then try again.";
}

/**
 * Advises on a status that isn't 2xx.
 *
 * @param endpoint What was called.
 * @param answer What came back.
 * @returns One or two sentences.
 */
export function guidanceFor(endpoint: Endpoint, answer: Answer): string {
  const write = endpoint.facts.kind === "write";
  switch (answer.status) {
    case 400:
      return "Check the arguments against the tool's schema and Webex's message, then call again.";
    case 401:
      return "The access token is missing, expired or revoked: set WEBEX_ACCESS_TOKEN to a fresh one and restart the server.";
    case 403:
      return permission(endpoint);
    case 404:
      return "Check the ids: list the objects again, they may have been deleted, renamed, or belong to another organization or location.";
    case 405:
      return "The object does not support this operation, often for want of a licence (a workspace needs a Professional one for most settings).";
    case 409:
      return "The change conflicts with the present state: read the object, settle the conflict that the message names, then call again.";
    case 423:
    case 429:
      return retryAfter(answer);
    case 451:
      return "The organization's data is in another region: call again with the server started for the host that the message names.";
    default:
      if (answer.status >= 500) {
        return write
          ? "The outcome is unknown: read the object before trying again."
          : "Webex had a problem: try again in a few seconds.";
      }
      return answer.status >= 300 && answer.status < 400
        ? "Webex answered with a redirect, which is not followed so that the token stays with its host."
        : "See Webex's message.";
  }
}

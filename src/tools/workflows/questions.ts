/**
 * Workflows that answer questions and change nothing.
 *
 * @module
 */

import type { Workflow } from "./workflow.ts";

/** Answers a question from call records. */
export const INVESTIGATE_CALL_HISTORY: Workflow = {
  name: "investigate_call_history",
  title: "Investigate the call history",
  description: "Answer a question from the detailed call records; changes nothing",
  arguments: [
    { name: "question", description: "What is to be found out", required: true },
    { name: "from", description: "Begin, with the time zone" },
    { name: "to", description: "End, with the time zone" },
    { name: "location", description: "Names of locations, at most 10" },
    { name: "number", description: "Person, number or extension" },
    { name: "direction", description: "Which calls", values: ["ORIGINATING", "TERMINATING"] },
  ],
  ask: "the time with its zone, and whose calls.",
  before: [
    { read: "GET /locations", does: "exact names for the filter, and the time zone that the user means." },
    { read: "GET /telephony/config/numbers", does: "whose number it is (phoneNumber= or extension=)." },
    { does: "Turn the time into UTC and cut it into windows of at most 12 hours." },
  ],
  steps: [
    {
      read: "GET /cdr_feed",
      essential: true,
      does: "for each window: startTime= and endTime= as YYYY-MM-DDTHH:mm:ss.SSSZ, between 30 days and 5 minutes " +
        "ago; locations= narrows. Use fields= to keep results short, e.g. " +
        '`items[?"Called number"==\'+1…\'].{t:"Start time",d:Direction,o:"Call outcome",c:"Correlation ID"}`.',
    },
    { does: "Where complete is false, read on with webex_next_page before you count." },
    {
      read: "GET /cdr_stream",
      does: "for the last hours: windows of 2 hours by arrival, at most 12 hours ago.",
    },
    { does: "Put the legs of a call together by Correlation ID, and drop repeated Report IDs." },
  ],
  after: [
    { does: "Answer with times in the user's zone, and say which windows were read and whether each was complete." },
    { does: "Records can come late: an empty window is no proof that nobody called." },
  ],
  traps: [
    "One first request a minute: many windows take as many minutes. Say so before, and narrow.",
    "A 403 means the administrator role for detailed call history or the scope calling_cdr_read is missing.",
    "Names of fields have blanks and capitals; values are texts, numbers too, and NA or empty mean nothing.",
    "Records older than 30 days come from reports in Control Hub.",
    "Records are personal data: answer the question, don't list more than it needs.",
  ],
};

/** Finds out what happens to a dialled number. */
export const CHECK_ROUTING: Workflow = {
  name: "check_routing",
  title: "Check call routing",
  description: "Find out where a dialled number goes, and what stops it; places no call and changes nothing",
  arguments: [
    { name: "destination", description: "What is dialled: number, extension, URI or code", required: true },
    { name: "caller", description: "Who dials: name or address, or a trunk" },
  ],
  ask: "who dials, and exactly which digits.",
  before: [
    { read: "GET /people", does: "the caller's id: displayName= or email=, callingData=true." },
    { read: "GET /telephony/config/numbers", does: "who has the number (phoneNumber= or extension=), and its state." },
  ],
  steps: [
    {
      read: "POST /telephony/config/actions/testCallRouting/invoke",
      essential: true,
      does: "originatorId=, originatorType=PEOPLE (or TRUNK with originatorNumber=), destination= as dialled, " +
        "includeAppliedServices=true.",
    },
    {
      read: "GET /people/{personId}/features/outgoingPermission",
      does: "if it is rejected: what the caller may dial.",
    },
    {
      read: "GET /telephony/config/locations/{locationId}",
      does: "outside digit, routing prefix and PSTN connection of the caller's location.",
    },
  ],
  after: [
    { does: "Tell destination, route and reason in words. Repeat for another caller to tell person from location." },
  ],
  traps: [
    "Digits count: with and without outside digit or routing prefix are different questions.",
    "What happens at the destination (forwarding, intercept) may change the call further.",
  ],
};

/** Shows what is set up in one feature. */
export const EXPLORE_FEATURE: Workflow = {
  name: "explore_feature",
  title: "Explore a feature",
  description: "Show what is set up in one feature, and what can be done with it; changes nothing",
  arguments: [
    { name: "feature", description: "Name of the feature", required: true, names: "features" },
    { name: "tool", description: "Tool to begin with", names: "tools" },
    { name: "question", description: "What is to be found out" },
  ],
  ask: "which location or person, if the feature belongs to one.",
  before: [
    {
      does:
        "Find the feature's tools: their descriptions begin with its name in brackets; webex://features/{feature} " +
        "lists them, and so does webex_search with feature= where it exists.",
    },
    { read: "GET /locations", does: "the locations, for tools that ask for the id of one." },
  ],
  steps: [
    { does: "Call its list first, then the details of what the question is about. Read only." },
    { does: "Use fields= to keep long answers short, all_pages=true before you count." },
  ],
  after: [
    { does: "Tell what is set up, what stands out, and which of the feature's tools could change it." },
  ],
  traps: [
    "An empty list can mean a missing licence or role, not that nothing is there.",
    "Customer Assist queues are listed with hasCxEssentials=true only.",
  ],
};

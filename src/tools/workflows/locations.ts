/**
 * Workflows around locations: opening one, and emergency calls.
 *
 * @module
 */

import type { Workflow } from "./workflow.ts";

/** Makes a site that can call. */
export const OPEN_LOCATION: Workflow = {
  name: "open_location",
  title: "Open a location",
  description: "Create a site, enable calling, connect it to the PSTN, add numbers and choose the main one",
  arguments: [
    { name: "name", description: "Name of the location, at most 80 characters", required: true },
    { name: "address", description: "Street, city, state, postal code, country" },
    { name: "time_zone", description: "IANA name, e.g. America/Chicago" },
    {
      name: "language",
      description: "Language code",
      values: ["de_de", "en_gb", "en_us", "es_es", "fr_fr", "it_it", "ja_jp", "nl_nl"],
    },
    {
      name: "pstn",
      description: "How it reaches the public network",
      values: [
        "Cisco Calling Plan",
        "Cloud Connected PSTN",
        "Premises-based PSTN: trunk",
        "Premises-based PSTN: route group",
      ],
    },
    { name: "numbers", description: "Phone numbers in E.164, the main one first" },
    { name: "routing_prefix", description: "Digits dialled before its extensions from other locations" },
  ],
  ask: "address, time zone, language, PSTN connection, numbers, main number, routing prefix.",
  before: [
    { read: "GET /locations", does: "the name is not taken." },
    { read: "GET /telephony/config/announcementLanguages", does: "the language is known." },
    {
      read: "POST /telephony/config/actions/validateNumbers/invoke",
      does: "the numbers could be added (phoneNumbers=).",
    },
  ],
  steps: [
    {
      write: "POST /locations",
      does: "name=, timeZone=, preferredLanguage=, announcementLanguage=, address= (address1, city, state, " +
        "postalCode, country with two letters). This makes the site only.",
    },
    {
      write: "POST /telephony/config/locations",
      does: "enable calling: id= of the site, and the same name=, timeZone=, languages and address=.",
    },
    { read: "GET /telephony/pstn/locations/{locationId}/connectionOptions", does: "what it can be connected to." },
    {
      write: "PUT /telephony/pstn/locations/{locationId}/connection",
      does: "id= of the option; for a local gateway premiseRouteType= (TRUNK, ROUTE_GROUP) and premiseRouteId=.",
    },
    {
      write: "POST /telephony/config/locations/{locationId}/numbers",
      essential: false,
      does: "phoneNumbers=, only for local gateways and providers that are not integrated.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}",
      does: "callingLineId= with the main number; routingPrefix= if wanted: that starts a job, follow it with " +
        "webex_wait_for_job.",
    },
  ],
  after: [
    { read: "GET /telephony/config/locations/{locationId}", does: "main number, prefix and time zone." },
    { read: "GET /telephony/pstn/locations/{locationId}/connection", does: "the connection is the chosen one." },
    { read: "GET /telephony/config/numbers", does: "locationId=: each number is there, with its state." },
    { does: "Emergency calling comes next: workflow set_up_emergency." },
  ],
  traps: [
    "Languages are written in lower case (en_us); announcementLanguage reads back null, which is no failure.",
    "With Cisco Calling Plan or an integrated provider never add or remove numbers here: order them in Control Hub.",
    "If enabling fails, the site is there already: enable it, don't create a second one.",
    "A location is deleted only after calling was disabled by job.",
  ],
};

/** Callback numbers, addresses and notices for emergency calls. */
export const SET_UP_EMERGENCY: Workflow = {
  name: "set_up_emergency",
  title: "Set up emergency calling",
  description: "Callback numbers (ECBN), emergency addresses (E911) and notices for a location and its people",
  arguments: [
    { name: "location", description: "Name of the location", required: true },
    { name: "person", description: "Name or address of somebody with a setting of their own" },
    {
      name: "callback",
      description: "Number that emergency services see",
      values: ["location's main number", "number of a member", "person's own number"],
    },
    { name: "address", description: "Street address where help is sent" },
    { name: "notify", description: "Mail address that hears of emergency calls" },
  ],
  ask: "callback number, exact address, whom to notify. A wrong answer can cost a life: let the user confirm each.",
  before: [
    { read: "GET /telephony/config/locations", does: "find the location." },
    { read: "GET /telephony/config/locations/{locationId}/features/emergencyCallbackNumber", does: "what is set now." },
    {
      read: "GET /telephony/config/locations/{locationId}/emergencyCallbackNumber/availableNumbers",
      does: "the numbers that can be chosen, and whose they are.",
    },
    {
      read: "GET /telephony/config/people/{personId}/emergencyCallbackNumber/dependencies",
      does: "for a person: who relies on this number.",
    },
    {
      read: "POST /telephony/pstn/locations/{locationId}/emergencyAddress/lookup",
      does: "check the address; it saves nothing. Show the corrected spelling.",
    },
  ],
  steps: [
    {
      write: "PUT /telephony/config/locations/{locationId}/features/emergencyCallbackNumber",
      does:
        "selected= LOCATION_NUMBER or LOCATION_MEMBER_NUMBER; locationMemberId= of the member (the tool always wants one).",
    },
    {
      write: "PUT /telephony/config/people/{personId}/emergencyCallbackNumber",
      essential: false,
      does: "for a person: selected= DIRECT_LINE, LOCATION_ECBN or LOCATION_MEMBER_NUMBER.",
    },
    {
      write: "PUT /telephony/config/workspaces/{workspaceId}/emergencyCallbackNumber",
      essential: false,
      does: "the same for a workspace.",
    },
    {
      write: "POST /telephony/pstn/locations/{locationId}/emergencyAddress",
      essential: false,
      does: "the address as the lookup gave it.",
    },
    {
      write: "PUT /telephony/pstn/numbers/{phoneNumber}/emergencyAddress",
      essential: false,
      does: "emergencyAddress= for one number that is elsewhere.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}/emergencyCallNotification",
      essential: false,
      does: "emergencyCallNotificationEnabled=true, emailAddress=.",
    },
  ],
  after: [
    { read: "GET /telephony/config/locations/{locationId}/features/emergencyCallbackNumber", does: "as wanted." },
    { read: "GET /telephony/config/people/{personId}/emergencyCallbackNumber", does: "as wanted." },
    {
      read: "GET /telephony/config/locations/{locationId}/redSky/status",
      does: "where RedSky is used: the compliance state.",
    },
  ],
  traps: [
    "An extension cannot be called back: a callback number is a full, active number.",
    "Addresses are kept here only where the PSTN connection supports it; else the carrier keeps them.",
    "Law differs by country (Kari's Law, RAY BAUM's Act in the US): the administrator decides.",
    "Never have a real emergency number dialled as a test without the authority's consent.",
  ],
};

/**
 * Workflows around people: joining, leaving, moving, being away.
 *
 * @module
 */

import type { Step, Workflow } from "./workflow.ts";

const FIND_PERSON: Step = {
  read: "GET /people",
  does: "find the person (email= or displayName=, callingData=true). Exactly one must fit; note id, locationId, " +
    "extension, phoneNumbers, licenses.",
};

/** Makes somebody a calling user. */
export const ONBOARD_USER: Workflow = {
  name: "onboard_user",
  title: "Onboard a calling user",
  description: "Create a person or extend one, with licence, location, number, voicemail and groups",
  arguments: [
    { name: "email", description: "Sign-in address", required: true },
    { name: "name", description: "First and last name" },
    { name: "location", description: "Name of the location" },
    {
      name: "licence",
      description: "Kind of calling licence",
      values: ["Webex Calling Professional", "Webex Calling Standard"],
    },
    { name: "number", description: "Phone number in E.164, or what kind of number" },
    { name: "extension", description: "Extension without the routing prefix" },
    { name: "groups", description: "Hunt groups to join" },
  ],
  ask: "full name, location, kind of licence, a number or an extension, whether voicemail and groups are wanted.",
  before: [
    {
      read: "GET /people",
      does: "look for email= with callingData=true. Somebody who exists is changed, not created again.",
    },
    {
      read: "GET /telephony/config/locations",
      does: "find the location; one that is missing here has no calling yet.",
    },
    {
      read: "GET /licenses",
      does: "pick the calling licence that has free units.",
      otherwise: "Licence ids: no tool here lists them. Take the id from licenses of a person who has the same kind " +
        "(people with callingData=true and an extension), or let the administrator run GET /licenses in Webex's " +
        "developer portal. Free units are shown in Control Hub.",
    },
    {
      read: "GET /telephony/config/numbers",
      does: "free numbers with locationId=, available=true. Offer a few; leave the main number alone.",
    },
    {
      read: "POST /telephony/config/locations/{locationId}/actions/validateExtensions/invoke",
      does: "check the extension (extensions=).",
    },
  ],
  steps: [
    {
      write: "POST /people",
      does: "callingData=true, emails=, firstName=, lastName=, displayName=, licenses=, locationId=, extension= " +
        'and/or phoneNumbers= as [{"type":"work","value":"+1…"}].',
    },
    {
      write: "PUT /people/{personId}",
      essential: false,
      does: "only for somebody who exists: send all that was read, with callingData=true, the licence, location and " +
        "extension added.",
    },
    { read: "GET /people/{personId}/features/voicemail", does: "if voicemail is wanted, read its settings." },
    {
      write: "PUT /people/{personId}/features/voicemail",
      essential: false,
      does: "turn it on with enabled=true and the rest as read.",
    },
    {
      write: "POST /people/{personId}/features/voicemail/actions/resetPin/invoke",
      essential: false,
      does: "if the person needs a new PIN.",
    },
    {
      read: "GET /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}",
      does: "for each group to join, read its agents.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}",
      essential: false,
      does: "send all agents= and the new one.",
    },
  ],
  after: [
    {
      read: "GET /people/{personId}",
      does: "callingData=true: extension, locationId, phoneNumbers and licenses really set? It can take seconds.",
    },
    {
      read: "GET /telephony/config/people/{personId}/emergencyCallbackNumber",
      does: "tell which number emergency services would see.",
    },
  ],
  traps: [
    "Creating may answer an error and still have created the person: read before repeating.",
    "locationId is taken only together with a calling licence, and is changed later by a move job alone.",
    "An update removes the licences that it does not repeat.",
    "A voicemail PIN belongs to the person: never ask for it.",
  ],
};

/** Takes calling away, or the whole person. */
export const OFFBOARD_USER: Workflow = {
  name: "offboard_user",
  title: "Offboard a user",
  description: "Free somebody's seats in groups, devices, number and licence, or delete the person",
  arguments: [
    { name: "person", description: "Name or sign-in address", required: true },
    { name: "mode", description: "What is taken away", values: ["calling licence only", "delete the person"] },
    { name: "successor", description: "Who takes over the seats in groups" },
    { name: "forward_to", description: "Where calls go until the licence is gone" },
  ],
  ask: "only calling, or the person as a whole? Who takes over seats and calls?",
  before: [
    FIND_PERSON,
    { read: "GET /telephony/config/people/{personId}/devices", does: "the devices." },
    { read: "GET /telephony/config/huntGroups", does: "all_pages=true, then look into each." },
    { read: "GET /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}", does: "who are its agents?" },
    {
      read: "GET /telephony/config/queues/agents/{id}",
      does: "the queues (id=, max=100, start=0); again with hasCxEssentials=true. Not found means none.",
    },
    { read: "GET /telephony/config/locations/{locationId}/queues/{queueId}", does: "each of them." },
    { read: "GET /telephony/config/locations/{locationId}/callPickups", does: "pickups; look into each." },
    {
      read: "GET /telephony/config/people/{personId}/emergencyCallbackNumber/dependencies",
      does: "who relies on this number gets another one first.",
    },
    { does: "Show the user the whole list, and what goes where." },
  ],
  steps: [
    {
      write: "PUT /people/{personId}/features/callForwarding",
      essential: false,
      does: "forward if wanted; it ends with the licence.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}",
      essential: false,
      does: "agents= without the person.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}/queues/{queueId}",
      essential: false,
      does: "agents= without the person.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}/callPickups/{callPickupId}",
      essential: false,
      does: "agents= without the person.",
    },
    { write: "DELETE /devices/{deviceId}", essential: false, does: "each device, one at a time." },
    {
      write: "PUT /people/{personId}",
      does: "licence only: send all that was read, with callingData=true and licenses= without the calling licence.",
    },
    {
      write: "DELETE /people/{personId}",
      does: "or delete: messages and meetings go, too, and there is no way back.",
    },
  ],
  after: [
    { read: "GET /people/{personId}", does: "no calling licence any more, or 404." },
    {
      read: "GET /telephony/config/numbers",
      does: "phoneNumber=: free, after some delay.",
    },
    { does: "Read each group again: its agents are as planned." },
  ],
  traps: [
    "An update removes what it does not repeat: other licences stay only if they are sent.",
    "Customer Assist queues are found with hasCxEssentials=true only.",
    "Removing a number right after its owner fails for some seconds (502).",
  ],
};

/** Moves people to another location by job. */
export const MOVE_USERS: Workflow = {
  name: "move_users",
  title: "Move users to another location",
  description: "Validate, move by job, and check what was lost",
  arguments: [
    { name: "people", description: "Names or sign-in addresses", required: true },
    { name: "location", description: "Name of the target location", required: true },
    { name: "numbers", description: "New numbers or extensions, and what happens to the old ones" },
  ],
  ask: "who moves, and each person's extension and number at the target.",
  before: [
    FIND_PERSON,
    { read: "GET /telephony/config/locations", does: "find the target; note its id." },
    { read: "GET /telephony/config/numbers", does: "free numbers at the target: locationId=, available=true." },
    {
      read: "POST /telephony/config/locations/{locationId}/actions/validateExtensions/invoke",
      does: "check the extensions at the target (extensions=).",
    },
    { read: "GET /telephony/config/jobs/person/moveLocation", does: "no other move is running." },
    { does: "Note what is bound to the old location: groups, pickups, schedules, emergency number, devices." },
  ],
  steps: [
    {
      write: "POST /telephony/config/jobs/person/moveLocation",
      does: 'validate: usersList= with locationId, "validate":true and exactly one user (userId, extension, ' +
        "phoneNumber). Once for each calling user; mend what it reports, and repeat.",
    },
    {
      write: "POST /telephony/config/jobs/person/moveLocation",
      does: 'after the user\'s yes, move: "validate":false with at most 100 users.',
    },
    { does: "Follow the job with webex_wait_for_job. One person without calling is moved at once, without a job." },
    { read: "GET /telephony/config/jobs/person/moveLocation/{jobId}/errors", does: "who was not moved, and why." },
  ],
  after: [
    { read: "GET /people/{personId}", does: "callingData=true: locationId, extension and number are the new ones." },
    {
      read: "GET /telephony/config/people/{personId}/emergencyCallbackNumber",
      does: "it must fit the new location.",
    },
    { does: "Say which settings have to be made again." },
  ],
  traps: [
    "Never change locationId by updating the person.",
    "An empty extension or phoneNumber removes it; one that is left out stays.",
    "Numbers cannot be moved by job while this one runs (409).",
  ],
};

/** Forwards the calls of somebody who is away. */
export const FORWARD_CALLS: Workflow = {
  name: "forward_calls",
  title: "Forward a person's calls",
  description: "Set or clear forwarding for somebody who is away",
  arguments: [
    { name: "person", description: "Name or sign-in address", required: true },
    { name: "to", description: "Number or extension that gets the calls; empty to clear" },
    {
      name: "when",
      description: "Which calls",
      values: ["always", "when busy", "when not answered", "when the phone is offline", "off"],
    },
    { name: "until", description: "When it ends" },
  ],
  ask: "where to, which calls, until when.",
  before: [
    FIND_PERSON,
    { read: "GET /people/{personId}/features/callForwarding", does: "tell what is set now; keep it to put it back." },
  ],
  steps: [
    {
      write: "PUT /people/{personId}/features/callForwarding",
      does: "send callForwarding= (always, busy, noAnswer) and businessContinuity= as read, with the one part changed.",
    },
  ],
  after: [
    { read: "GET /people/{personId}/features/callForwarding", does: "enabled and destination are as wanted." },
  ],
  traps: [
    "Nothing ends it by itself: tell the user to ask again at the end, and what the old settings were.",
    "destinationVoicemailEnabled works for destinations inside the organization only.",
    "Calls through hunt groups and queues are not forwarded by this.",
  ],
};

/**
 * Workflows that build what shares out calls: queues, hunt groups, auto attendants, each with its schedule.
 *
 * @module
 */

import type { Step, Workflow, WorkflowArgument } from "./workflow.ts";

const POLICIES = ["CIRCULAR", "REGULAR", "SIMULTANEOUS", "UNIFORM", "WEIGHTED"];

const REACHED: readonly WorkflowArgument[] = [
  { name: "number", description: "Phone number in E.164" },
  { name: "extension", description: "Extension without the routing prefix" },
];

const HOURS: readonly WorkflowArgument[] = [
  { name: "hours", description: "Opening hours, by weekday" },
  { name: "holidays", description: "Days when it is closed" },
];

function named(name: string, location: string): readonly WorkflowArgument[] {
  return [
    { name: "name", description: name, required: true },
    { name: "location", description: location },
  ];
}

const FIND_LOCATION: Step = {
  read: "GET /telephony/config/locations",
  does: "find the location; note id and timeZone.",
};

const FIND_SCHEDULE: Step = {
  read: "GET /telephony/config/locations/{locationId}/schedules",
  does: "a schedule with these hours may exist; others may use it, so change none.",
};

function makeSchedule(hours: string): Step {
  return {
    write: "POST /telephony/config/locations/{locationId}/schedules",
    does: `unless there is one: type=businessHours, name=, events= with ${hours}: startDate, endDate, startTime and ` +
      "endTime (HH:mm), recurrence (recurForEver, recurWeekly with all seven days). For holidays a second one, " +
      "type=holidays, with all-day events.",
  };
}

const CHECK_EXTENSION: Step = {
  read: "POST /telephony/config/locations/{locationId}/actions/validateExtensions/invoke",
  does: "check the extension (extensions=).",
};

const FIND_AGENTS: Step = {
  read: "GET /people",
  does: "each agent's id: displayName= or email=, callingData=true; all must have calling.",
};

/** What all three have in common. */
const TRAPS: readonly string[] = [
  "Number or extension: one of them is needed. Names are unique in the location.",
  "Schedules are named, not identified, and renaming one changes its id.",
];

/** A call queue. */
export const BUILD_CALL_QUEUE: Workflow = {
  name: "build_call_queue",
  title: "Build a call queue",
  description: "A queue with agents, overflow, opening hours and holidays",
  arguments: [
    ...named("Name of the queue", "Name of its location"),
    { name: "agents", description: "Names or addresses" },
    { name: "policy", description: "Order in which agents are rung", values: POLICIES },
    ...REACHED,
    ...HOURS,
    { name: "closed", description: "Where calls go when it is closed or full" },
  ],
  ask: "location, agents, policy, number or extension, calls held at most, opening hours, where calls go outside them.",
  before: [
    FIND_LOCATION,
    { read: "GET /telephony/config/queues", does: "the name is free (name=, locationId=)." },
    { read: "GET /telephony/config/queues/agents/availableAgents", does: "ids of the agents: locationId=, name=." },
    {
      read: "GET /telephony/config/locations/{locationId}/queues/availableNumbers",
      does: "numbers that it can have.",
    },
    CHECK_EXTENSION,
    FIND_SCHEDULE,
  ],
  steps: [
    { ...makeSchedule("the open hours"), essential: false },
    {
      write: "POST /telephony/config/locations/{locationId}/queues",
      does: "name=, callPolicies= (policy, callBounce), queueSettings= (queueSize, overflow), agents= with ids, " +
        "number or extension; hasCxEssentials=true only for Customer Assist.",
    },
    { read: "GET /telephony/config/locations/{locationId}/queues/{queueId}/nightService", does: "read its settings." },
    {
      write: "PUT /telephony/config/locations/{locationId}/queues/{queueId}/nightService",
      essential: false,
      does: "nightServiceEnabled=true, businessHoursName= the schedule, businessHoursLevel=LOCATION, action=TRANSFER " +
        "with transferPhoneNumber=, or BUSY.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}/queues/{queueId}/holidayService",
      essential: false,
      does: "for holidays: holidayServiceEnabled=true, holidayScheduleName=, holidayScheduleLevel=LOCATION, action=.",
    },
  ],
  after: [
    {
      read: "GET /telephony/config/locations/{locationId}/queues/{queueId}",
      does: "enabled, number, policy and every agent are as wanted.",
    },
    { does: "Read night and holiday service again. Have the user call it, open and closed." },
  ],
  traps: [
    ...TRAPS,
    "Weights (WEIGHTED) are texts that add up to 100; skillLevel needs routingType SKILL_BASED.",
    "A Customer Assist queue is found with hasCxEssentials=true only.",
    "Custom greetings have to be uploaded before they are named.",
  ],
};

/** A hunt group. */
export const BUILD_HUNT_GROUP: Workflow = {
  name: "build_hunt_group",
  title: "Build a hunt group",
  description: "A hunt group with members, what happens without an answer, and forwarding when it is closed",
  arguments: [
    ...named("Name of the hunt group", "Name of its location"),
    { name: "agents", description: "Names or addresses" },
    { name: "policy", description: "Order in which members are rung", values: POLICIES },
    ...REACHED,
    ...HOURS,
    { name: "closed", description: "Where calls go when it is closed or nobody answers" },
  ],
  ask: "location, members, policy, number or extension, rings, where unanswered calls go, opening hours.",
  before: [
    FIND_LOCATION,
    { read: "GET /telephony/config/huntGroups", does: "the name is free (name=, locationId=)." },
    FIND_AGENTS,
    {
      read: "GET /telephony/config/locations/{locationId}/huntGroups/availableNumbers",
      does: "numbers that it can have.",
    },
    CHECK_EXTENSION,
    FIND_SCHEDULE,
  ],
  steps: [
    {
      write: "POST /telephony/config/locations/{locationId}/huntGroups",
      does: "name=, callPolicies= (policy, waitingEnabled, noAnswer with all its members), agents= with ids, " +
        "enabled=true, number or extension.",
    },
    { ...makeSchedule("the CLOSED hours, when calls are forwarded"), essential: false },
    {
      write: "POST /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}/callForwarding/selectiveRules",
      essential: false,
      does: "one rule for each schedule: name=, enabled=true, businessSchedule= or holidaySchedule= by name, " +
        "forwardTo=, callsFrom= ANY, callsTo= the group's number.",
    },
    {
      read: "GET /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}/callForwarding",
      does: "read its settings.",
    },
    {
      write: "PUT /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}/callForwarding",
      essential: false,
      does: "callForwarding= with selective enabled and its destination; it needs a rule first.",
    },
  ],
  after: [
    {
      read: "GET /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}",
      does: "number, policy and every member are as wanted.",
    },
    { does: "Read the forwarding again. Have the user call it, open and closed." },
  ],
  traps: [
    ...TRAPS,
    "SIMULTANEOUS rings all members at once, and ignores their order.",
    "Weights (WEIGHTED) are texts that add up to 100.",
    "Rules take their ids from their names.",
  ],
};

/** An auto attendant. */
export const BUILD_AUTO_ATTENDANT: Workflow = {
  name: "build_auto_attendant",
  title: "Build an auto attendant",
  description: "A menu for callers, for open and for closed hours, with its schedules",
  arguments: [
    ...named("Name of the auto attendant", "Name of its location"),
    { name: "menu", description: "Keys and where each leads" },
    { name: "after_hours_menu", description: "Keys when it is closed" },
    ...REACHED,
    ...HOURS,
    { name: "dialling", description: "Whom callers can dial", values: ["ENTERPRISE", "GROUP"] },
  ],
  ask: "location, number or extension, opening hours, keys and destinations for open and closed hours, greeting.",
  before: [
    FIND_LOCATION,
    { read: "GET /telephony/config/autoAttendants", does: "the name is free (name=, locationId=)." },
    {
      read: "GET /telephony/config/locations/{locationId}/autoAttendants/availableNumbers",
      does: "numbers that it can have.",
    },
    CHECK_EXTENSION,
    { read: "GET /telephony/config/numbers", does: "each destination of a key exists (extension= or phoneNumber=)." },
    FIND_SCHEDULE,
  ],
  steps: [
    makeSchedule("the open hours"),
    {
      write: "POST /telephony/config/locations/{locationId}/autoAttendants",
      does: "name=, businessSchedule= and holidaySchedule= by name, businessHoursMenu= and afterHoursMenu=, each " +
        "with greeting, extensionEnabled and keyConfigurations (key, action, value), timeZone=, number or extension.",
    },
  ],
  after: [
    {
      read: "GET /telephony/config/locations/{locationId}/autoAttendants/{autoAttendantId}",
      does: "schedules, both menus with every key, number.",
    },
    { does: "Have the user call it, open and closed, and press each key." },
  ],
  traps: [
    ...TRAPS,
    "The business schedule comes before the attendant, and both menus are needed.",
    "TRANSFER_… actions take a number or extension as value; EXIT and REPEAT_MENU take none.",
    "Custom greetings have to be uploaded before they are named; DEFAULT needs none.",
    "An update replaces all keys: send every one.",
  ],
};

/**
 * Words that tell what is to be done, and for whom.
 *
 * @module
 */

import type { Deed, Owner } from "../facets.ts";

/** Ways of saying that something is to be done, how well each deed fits, and how surely it is meant, each from 0 to 1. */
export type Verb = readonly [said: string, deeds: Partial<Record<Deed, number>>, surely: number];

const READ = { list: 1, get: 1 } as const;
const LIST = { list: 1, get: 0.6 } as const;
const GET = { get: 1, list: 0.6 } as const;
const CREATE = { create: 1, act: 0.5, update: 0.4 } as const;
const SET_UP = { create: 1, update: 0.9, act: 0.6 } as const;
const ADD = { create: 1, update: 0.75, act: 0.5 } as const;
const UPDATE = { update: 1, act: 0.7, create: 0.3 } as const;
const DELETE = { delete: 1, update: 0.4, act: 0.4 } as const;
const TAKE_OUT = { update: 1, delete: 0.8, act: 0.4 } as const;
const ACT = { act: 1, create: 0.7, update: 0.7 } as const;

/** Verbs that say nothing of the matter. */
export const PLAIN_VERBS: readonly Verb[] = [
  [
    "show | show me | display | view | tell me | give me | look at | look up | lookup | pull up | bring up | fetch | inspect | review | find out | get me | check on | check | report on | let me see | i want to see | i need to see | i want to know | wants to know | need to know | does anyone know | curious",
    READ,
    1,
  ],
  ["see | read | get | tell | know | open | print", READ, 0.3],
  [
    "list | list all | show all | show me all | get all | enumerate | export | which | how many | count | find all | all the | all our | all of our | give me all | dump | overview of | overview | search for | search | find | any",
    LIST,
    0.9,
  ],
  [
    "who is | who has | who are | whos | who | whose | whom | what is | whats | what s | what are | what | where is | where | when is | when does | is there | are there | do we have | do we | do i have | do i | do they | does he | does she | does it | does the | does this | is it | is he | is she | is the | is our | is my | are we | are the | am i | have i | have we | can they | can he | can she | can callers | can colleagues | can others | can people | can customers | can users | can agents | can anyone | can anybody | could anyone | can someone | can the | why | whether | how long | how often | how much | status of | state of | info on | info about | information about",
    GET,
    0.9,
  ],
  ["details of | details for | details on | details about | detail | details | info | set to", GET, 0.8],
  ["how is | how are | how does", GET, 0.9],
  ["does | has | is | are | when | current | currently", GET, 0.25],
  [
    "create | make a new | make me a | make a | make an | build | provision | spin up | define | register | issue | hire | generate a new | stand up | introduce | create a new | i need a new | need a | needs a | we need a | i need a | wants a new | opening | open a | need an",
    CREATE,
    1,
  ],
  ["new | another | additional | second", CREATE, 0.45],
  ["set up | setup | implement | roll out | establish | set that up | set it up | get it into", SET_UP, 0.9],
  ["add | include | insert | put in | attach | load in | enter", ADD, 0.9],
  [
    "change | modify | edit | adjust | enable | disable | turn on | turn off | turn it on | turn it off | turn that on | turn that off | switch on | switch off | switch it off | switch it on | activate | deactivate | rename | configure | increase | decrease | raise | lower | extend | shorten | limit | prevent | replace | correct | fix | customize | adapt | swap | assign | reassign to | unassign | grant | revoke | restrict | lift | tweak | enforce | update | instead of",
    UPDATE,
    0.9,
  ],
  [
    "set | make | let | allow | give | stop | deny | permit | put | link | point | require | ensure | force | keep | name it | send | take over | bring | show up as",
    UPDATE,
    0.6,
  ],
  [
    "should | must | has to | have to | needs to | need to | ought to | supposed to | may not | must not | should not | shouldnt | mustnt | nobody may | no one may | not be able to | wants | want to | would like | instead | from now on | for now | any more | no longer",
    UPDATE,
    0.4,
  ],
  [
    "delete | remove | get rid of | erase | destroy | tear down | decommission | retire | wipe | clear out | scrap | kill | dispose of | eliminate | deprovision | nuke | ditch | throw away | throw out | clean up | bin it | can go | out with it | out with | take that one off | take it off | delete it | remove it | needs to go | must go | should go | has to go | be gone | get it out | isnt needed | not needed | no longer needed | isnt used any more | not used any more | not used anymore | strike",
    DELETE,
    1.2,
  ],
  ["drop | clear | cancel | throw | is gone | bin | burned out | history", DELETE, 0.5],
  ["take out | kick out | pull out | take away | take off | remove from | drop from | kick | out of", TAKE_OUT, 0.6],
  ["start | run | launch | kick off | trigger | initiate | perform | execute", ACT, 0.7],
];

/** Verbs that name the matter, too, and stay in the search. */
export const TOPICAL_VERBS: readonly Verb[] = [
  [
    "forward | divert | redirect | route | block | intercept | record | ring | notify | alert | mask | hide | unblock | mail",
    UPDATE,
    0.4,
  ],
  [
    "upload | import | generate | apply | rebuild | purge | restore | undelete | reassign | preview | roll out | precheck | push | switch",
    ACT,
    0.9,
  ],
  ["test | validate | verify", { act: 1, list: 0.5, get: 0.5 }, 0.8],
  [
    "restart | reboot | unlock | login | transfer | park | unpark | answer | hold | resume | mute | unmute | deafen | undeafen | reject | dial | hang up | hangup | end the call | pick up | pickup | pull | barge in | barge | coach | whisper | silent monitor | mark | pause | download | log in | conference | merge | grab | tag",
    ACT,
    0.5,
  ],
  ["retrieve", { act: 1, list: 0.8, get: 0.8 }, 0.6],
  ["reset | put back", { act: 1, update: 0.9 }, 0.9],
  ["move | relocate | migrate", { act: 0.9, create: 1, update: 0.8 }, 0.7],
  ["port | port in | order", { create: 1, act: 0.7, update: 0.5 }, 0.7],
  ["sign in | log in | login | join | sign out | log out | leave", { act: 0.9, update: 1, create: 0.6 }, 0.4],
  ["offboard", DELETE, 0.8],
  ["onboard", CREATE, 1],
];

/** A verb whose second part can stand apart: "take Bob's phone out of the group". */
export interface SplitVerb {
  readonly verb: string;
  readonly particles: readonly string[];
  readonly deeds: Partial<Record<Deed, number>>;
  readonly surely: number;
}

/** Verbs of two parts. */
export const SPLIT_VERBS: readonly SplitVerb[] = [
  { verb: "take", particles: ["out", "off", "away"], deeds: { delete: 1, update: 0.9, act: 0.4 }, surely: 0.9 },
  { verb: "throw", particles: ["out", "away", "off"], deeds: DELETE, surely: 1 },
  { verb: "kick", particles: ["out", "off"], deeds: DELETE, surely: 0.9 },
  { verb: "get", particles: ["out", "off"], deeds: DELETE, surely: 0.6 },
  { verb: "turn", particles: ["on", "off", "down", "up"], deeds: UPDATE, surely: 0.9 },
  { verb: "switch", particles: ["on", "off", "to", "over"], deeds: UPDATE, surely: 0.9 },
  { verb: "put", particles: ["into", "in", "on", "up"], deeds: { update: 1, create: 0.85, act: 0.7 }, surely: 0.7 },
  { verb: "set", particles: ["up"], deeds: SET_UP, surely: 0.9 },
  { verb: "give", particles: ["back"], deeds: { act: 1, update: 0.8 }, surely: 0.6 },
];

/** Words that tell whose settings are meant, and how surely, from 0 to 1. */
export type Scope = readonly [said: string, owner: Owner, strength: number];

/** Scope words; the nouns among them stay in the search. */
export const SCOPE_WORDS: readonly Scope[] = [
  [
    "my | mine | myself | my own | for me | to me | calls me | rings me | am i | do i | have i | does my | is my | i m | im",
    "me",
    1,
  ],
  ["me | i use", "me", 0.6],
  ["i", "me", 0.3],
  [
    "user | users | person | people | employee | employees | colleague | coworker | staff member | his | her | him | hers | somebody | someone | subscriber | member of staff | rep",
    "person",
    1,
  ],
  [
    "she | he | shes | hes | mr | mrs | ms | miss | madame | dr | ceo | cfo | cto | director | intern | trainee | nurse | doctor | teacher | lawyer | accountant | engineer | freelancer | contractor | salesman | clerk | agent | manager | boss | secretary | assistant",
    "person",
    0.7,
  ],
  ["their | them | they | member | person s", "person", 0.4],
  [
    "workspace | workspaces | meeting room | conference room | huddle room | boardroom | board room | common area | common area phone | conference phone | room phone | lobby phone | hallway phone | hallway | corridor | break room | breakroom | kitchen phone | kitchen | canteen | cafeteria | showroom | warehouse phone | elevator phone | elevator | lift phone | public phone | courtesy phone | waiting room | shared phone | door phone | classroom | lab phone | dock phone | gate phone | garage phone | reception phone | lobby | shop floor phone | ward phone | room | rooms | place | guest room | patient room | hotel room | pantry | workshop phone | security desk phone | front desk phone",
    "workspace",
    1,
  ],
  ["virtual line | virtual lines | virtual profile | phantom line | phantom extension | vl | vls", "virtual line", 1],
  [
    "location | locations | site | sites | branch | branches | office | offices | branch office | campus | building | facility | store | stores | shop | warehouse | plant | clinic | factory | premises | depot",
    "location",
    1,
  ],
  [
    "organization | organisation | org | orgs | company | organization wide | org wide | orgwide | company wide | companywide | whole company | entire company | tenant | tenant wide | global | globally | across the board | all users | all sites | all locations | enterprise | whole organization | entire organization | every site | every user | across all sites | across the company | across the organization | no matter which site | everywhere | whole tenant",
    "organization",
    1,
  ],
  [
    "everyone | everybody | default | nobody | all employees | our | my organization | my org | my company | my tenant | our organization | our company | our org | our tenant",
    "organization",
    0.5,
  ],
  [
    "my users | my team | my teams | my sites | my locations | my customers | my people | my employees | my agents | my queues | my boss | my manager | my colleague | my colleagues | show me | tell me | give me | let me | get me | help me | find me | walk me | send me | remind me | i want | i need | i would | id like | i have to | can i | could i | how do i | i d | should i | may i | before i | if i | i have her | i have his | make me a | ill | ive | i think",
    "none",
    1,
  ],
];

/**
 * Words that tell what is to be done, for whom, and words that tell nothing.
 *
 * @module
 */

import type { Deed, Owner } from "../facets.ts";

/** Ways of saying that something is to be done, and how well each deed fits, from 0 to 1. */
export type Verb = readonly [said: string, deeds: Partial<Record<Deed, number>>];

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
    "show | show me | display | view | see | tell me | tell | give me | look at | look up | lookup | pull up | bring up | fetch | read | inspect | review | find out | retrieve | get me | get | check on | check | print | report on | let me see | i want to see | what does | what do",
    READ,
  ],
  [
    "list | list all | show all | show me all | get all | enumerate | export | which | how many | count | find all | all the | give me all | dump | overview of | overview | search for | search | find | any",
    LIST,
  ],
  [
    "who is | who has | who are | whos | who | whose | what is | whats | what s | what are | what | where is | where | when | is there | are there | is | are | does | has | have | do we have | do i have | why | details of | details for | details on | details about | detail | details | info on | info about | info | information about | status of | state of | whether | current",
    GET,
  ],
  ["how is | how are | how does", GET],
  [
    "create | new | make a new | make a | make an | build | provision | spin up | define | register | issue | hire | generate a new | stand up | introduce | invent",
    CREATE,
  ],
  ["set up | setup | implement | roll out | establish", SET_UP],
  ["add | include | insert | put in | attach", ADD],
  [
    "change | set | update | modify | edit | adjust | enable | disable | turn on | turn off | turn it on | turn it off | switch on | switch off | activate | deactivate | rename | configure | make | let | allow | give | increase | decrease | raise | lower | extend | shorten | limit | stop | prevent | deny | permit | put | replace | correct | fix | customize | adapt | swap | assign | reassign to | unassign | link | point | grant | revoke | restrict | lift | tweak | enforce | require | ensure",
    UPDATE,
  ],
  [
    "delete | remove | get rid of | erase | drop | destroy | tear down | decommission | retire | wipe | clear out | clear | scrap | kill | dispose of | cancel | eliminate | deprovision | nuke | ditch | throw away | clean up",
    DELETE,
  ],
  ["take out | kick out | pull out | take away | take off | remove from | drop from | kick", TAKE_OUT],
  ["start | run | launch | kick off | trigger | initiate | perform | execute | do", ACT],
];

/** Verbs that name the matter, too, and stay in the search. */
export const TOPICAL_VERBS: readonly Verb[] = [
  [
    "forward | divert | redirect | route | block | intercept | restrict | record | ring | notify | alert | mask | hide",
    UPDATE,
  ],
  [
    "upload | import | test | validate | verify | generate | apply | rebuild | restart | reboot | switch | purge | restore | reassign | unlock | preview | login | transfer | park | unpark | answer | hold | resume | mute | unmute | deafen | undeafen | reject | dial | hang up | hangup | end the call | pick up | pickup | retrieve | push | pull | barge in | barge | coach | whisper | silent monitor | mark | pause | download | log in | perform | precheck | conference | merge",
    ACT,
  ],
  ["reset", { act: 1, update: 0.9 }],
  ["move | relocate | migrate", { act: 0.9, create: 1, update: 0.8 }],
  ["port | port in | order", { create: 1, act: 0.7, update: 0.5 }],
  ["sign in | log in | login | join | sign out | log out | leave", { act: 0.9, update: 1, create: 0.6 }],
  ["offboard | fire", DELETE],
  ["onboard", CREATE],
];

/** Words that tell whose settings are meant, and how surely, from 0 to 1. */
export type Scope = readonly [said: string, owner: Owner, strength: number];

/** Scope words; the nouns among them stay in the search. */
export const SCOPE_WORDS: readonly Scope[] = [
  ["my | mine | myself | my own | for me | own | i", "me", 1],
  [
    "user | users | person | people | employee | employees | colleague | coworker | staff member | his | her | him | she | he | someone | somebody | subscriber | a member of staff | manager | rep | person s",
    "person",
    1,
  ],
  ["their | them | they | member", "person", 0.6],
  [
    "workspace | workspaces | room | rooms | lobby phone | lobby | conference room | meeting room | huddle room | boardroom | common area | common area phone | conference phone | room phone | hallway phone | hallway | break room | breakroom | kitchen phone | kitchen | warehouse phone | elevator phone | public phone | courtesy phone | waiting room | shared phone | place | door phone",
    "workspace",
    1,
  ],
  ["virtual line | virtual lines | virtual profile | phantom line | phantom extension", "virtual line", 1],
  [
    "location | locations | site | sites | branch | branches | office | offices | branch office | campus | building | facility | store | stores | shop | warehouse | plant | clinic | factory | premises",
    "location",
    1,
  ],
  [
    "organization | organisation | org | orgs | company | organization wide | org wide | orgwide | company wide | companywide | everyone | everybody | whole company | entire company | tenant | tenant wide | global | globally | across the board | all users | all sites | all locations | enterprise | whole organization | entire organization | every site | every user | across all sites | across the company | across the organization",
    "organization",
    1,
  ],
  [
    "my organization | my org | my company | my tenant | our organization | our company | our org | our tenant | our",
    "organization",
    0.5,
  ],
  [
    "my users | my team | my teams | my sites | my locations | my customers | my people | my employees | my agents | my queues | my devices are | show me | tell me | give me | let me | get me | help me | find me | walk me | send me | remind me | i want | i need | i would | id like | i have to | can i | could i | how do i | i d | should i | do i | may i | am i | i am | im",
    "none",
    1,
  ],
];

/** Words that tell nothing. */
export const FILLER: ReadonlySet<string> = new Set(
  `a an the this that these those some of for to in on at by with from into onto as and or but if then than so too
  please kindly can could would should shall will may might must need needs needed want wants wanted like id ill ive im
  i we you he she it they me us him them my our your his her its their mine ours yours who whom whose which what when
  where why how be been being am is are was were do does did done doing have has had having get gets got gotten go goes
  going went gone come comes coming came there here now today tomorrow yesterday week month year day days hour minute
  just only also again still yet ever never always already soon later before after while during until since about
  over under up down out off through between all any each every both either neither no not none nor very much many more
  most less least few lot lots thing things something anything everything nothing way ways same other others another
  such own one ones two three new old current currently existing existent right okay ok hi hello hey
  thanks thank urgent asap quickly currently really actually basically maybe perhaps let lets make makes making made
  put puts take takes took taken give gives gave given say says said tell tells told know knows knew think thinks see
  sees saw seen look looks looking help helps helping try tries trying tried use uses used using work works working
  worked keep keeps kept happen happens happening called named name names entitled titled system webex calling control
  hub cisco api tool tools endpoint endpoints via per vs etc eg ie thats whats dont doesnt didnt isnt arent wasnt cant
  wont shouldnt couldnt wouldnt havent hasnt hadnt whether because therefore instead without within against around
  across along inside outside anyone everyone someone somebody nobody everybody else entire whole specific particular
  certain given various several different correct proper exactly exact back well good bad wrong sure yes actually`
    .split(/\s+/),
);

/** Words of titles that all endpoints of a kind share; they tell nothing of the matter. */
export const TITLE_FILLER: ReadonlySet<string> = new Set(
  `list lists read get gets fetch retrieve create add modify update configure put delete remove set search settings
  setting details detail configuration new given criteria`.split(/\s+/).filter((word) => word !== "criteria"),
);

/**
 * Words for the same thing: devices, numbers, routing, emergency, calls in progress, records and the organization.
 *
 * The form is that of `same_features.ts`.
 *
 * @module
 */

/** Phones and what belongs to them. */
export const DEVICE_WORDS: readonly string[] = [
  "device | phone | desk phone | deskphone | ip phone | hard phone | hardphone | telephone | voip phone | sip phone | telephone set | desk set | table phone | mpp phone",
  "handset | dect phone | dect handset | cordless phone | cordless handset | cordless | wireless phone | wireless handset",
  "base station | dect base | base unit | dect base station | dbs210 | dbs110",
  "dect network | dect system",
  "line key | programmable key | programmable line key | plk | phone key | phone button | line button | feature key | key layout | button layout | softkey | soft key",
  "line key template | key template | button template | phone button template | line key tmpl | softkey template",
  "key expansion module | kem | sidecar | side car | expansion module | key module | addon module | add on module",
  "background image | wallpaper | phone background | screen background | background picture",
  "activation code | onboarding code | activate by code",
  "mac address | mac",
  "dynamic settings | device dynamic settings | dynamic device settings",
  "third party device | third party phone | generic sip phone | byod phone | non cisco phone",
  "supported device | supported phone | phone model | device model | supported model",
  "serviceability password",
  "device tag | tag",
  "rebuild phone | rebuild",
];

/** Numbers, extensions, trunks and the way of a call. */
export const ROUTING_WORDS: readonly string[] = [
  "number | phone number | telephone number | phone num | num | tn | tns | dids | did number | did range | ddi | direct inward dial | direct dial in | direct dial number | direct number | direct line",
  "extension | ext | extn | exts | extension number | internal number | short number",
  "virtual extension | virtual ext",
  "virtual extension range | extension range",
  "trunk | sip trunk | local gateway | lgw | sbc | session border controller | cube | voice gateway | premises gateway | pstn gateway | gateway",
  "route group | routing group | trunk group",
  "route list",
  "dial plan | dialplan | dialing plan",
  "dial pattern | dialing pattern",
  "translation pattern | transl pattern | number translation | digit translation | digit manipulation | translation rule | transformation pattern | transformation | translation",
  "pstn | public telephone network | pstn connection | pstn carrier | carrier | ccp | ccpp | cloud connected pstn | pstn provider | telco | telephone provider | cisco calling plan | cisco pstn",
  "routing prefix | site code | site prefix | location prefix | location code | inter site prefix | intersite prefix",
  "outside dial digit | outbound dial digit | external access digit | dial out digit | outside line digit | steering digit",
  "internal dialing | internal dialling | internal dial",
  "call routing | routing of calls",
  "private network connect | private network connection | edge connect | private peering | private connection",
  "main number | main line | main phone number | pilot number | published number",
  "toll free | freephone | tollfree | 0800 | 1800",
  "charge number | billing number",
  "available | free | unused | unassigned | spare | not assigned | vacant | unallocated | not in use | not used | arent assigned | not allocated | avail | nobody uses | no one uses | leftover",
  "alternate number | alternative number | secondary number | additional number",
  "caller reputation | spam | robocall | spam caller | nuisance call | spam protection",
];

/** Emergency calls. */
export const EMERGENCY_WORDS: readonly string[] = [
  "emergency | e911 | 911 | 999 | 112 | 000 | e112 | enhanced 911 | enhanced emergency | emergency service | emergency call | emergency calling",
  "emergency callback number | emergency call back number | ecbn | elin | emergency callback | emergency cb num | emergency callback settings | emergency call back",
  "emergency address | e911 address | 911 address | dispatchable location | dispatch address | emergency location | emergency service address | civic address",
  "emergency call notification | emergency notification | 911 notification | 911 alert | emergency alert | e911 notification | e911 alert | emergency email | 911 email | kari law",
  "redsky | red sky",
];

/** Calls in progress, and what remains of them. */
export const CALL_WORDS: readonly string[] = [
  "conference | conference call | three way call | 3 way call | three way | 3 way | merge calls | merge call | join calls together | ad hoc conference",
  "hangup | hang up | end the call | end call | end a call | disconnect call | disconnect the call | disconnect a call | drop the call | drop call | drop a call | terminate call | terminate the call",
  "dial | place a call | make a call | make call | start a call | place call | call out | click to dial | click to call | originate",
  "resume | unhold | off hold | take off hold | retrieve from hold",
  "hold | on hold",
  "mute | silence microphone",
  "dtmf | touch tone | keypad tone | key tone | transmit digit",
  "call history | call log | recent call | missed call | past call | received call",
  "detailed call history | cdr | cdrs | call detail record | detail record | cdr feed",
  "live stream | cdr stream | stream",
  "call quality | audio quality | voice quality | mos score | jitter | packet loss | mos",
  "recycle bin | trash | bin",
  "purge | permanently delete | delete permanently | delete forever",
  "restore | undelete | recover | bring back",
  "reassign | transfer ownership | change owner | new owner | hand over",
  "recording vendor | recording provider | recording platform | dubber | callcabinet | imagicle | recording partner",
  "participant | attendee",
];

/** Who and what else there is. */
export const ORGANIZATION_WORDS: readonly string[] = [
  "person | people | user | employee | staff | staff member | colleague | coworker | worker | subscriber | end user",
  "workspace | work space | room | conference room | meeting room | huddle room | common area | lobby phone | room phone | conference phone | common area phone | hallway phone | shared phone | public phone | place",
  "location | site | branch | branch office | office | campus | premises | facility | loc | locs",
  "virtual line | vl | vls | virtual profile | virt line | phantom line | phantom extension | phantom number",
  "organization | organisation | org | company | tenant | enterprise | customer organization",
  "floor | storey",
  "license | licence | subscription",
  "job | batch job | background job | background task | bulk job | bulk task",
  "error | failure | failed",
  "time zone | timezone",
  "contact directory | directory of contacts | contact list | phone book | phonebook | contact dir | contact group",
  "large organization | large org",
  "report template",
  "criteria | rule | crit | criterion",
  "validate | verify | validation",
  "webhook | event subscription",
  "message | msg",
  "configuration | config | configure",
];

/**
 * What practitioners say, and what the API calls it: read in one direction only.
 *
 * A line has the ways of saying it, divided by bars; then, after the arrow, what is meant, in the words of endpoints:
 * one text, or several divided by slashes where it can be either.
 *
 * @module
 */

/** Calls of a line. */
const CALLS: readonly string[] = [
  "cfa | cfu | cfwdall | call forward all | call forward always | forward all calls | forward everything | unconditional forwarding | call forward unconditional | forward all | cfim => call forwarding always",
  "cfna | cfnr | call forward no answer | forward no answer | forward when no answer | ring no answer | rna => call forwarding no answer / call forwarding unanswered",
  "cfb | call forward busy | forward on busy | forward when busy | busy forwarding => call forwarding busy",
  "cfnrc | cfur | call forward not reachable | not reachable | unreachable | phone is offline | business continuity | not registered forwarding => call forwarding business continuity",
  "doesnt answer | dont answer | does not answer | do not answer | no answer | not answered | unanswered | nobody answers | no one answers | isnt answered => no answer",
  "silence | leave me alone | shut up | stop ringing | stop phone ringing | quiet => do not disturb",
  "out of office | ooo | on vacation | on holiday | away | on leave | vacation => personal assistant / voicemail greeting / call forwarding",
  "mobility | mobile phone | cell phone | cellphone | cell | mobile | personal phone => single number reach / webex go",
  "ring all my phones | ring several phones | ring multiple phones | ring more phones | ring multiple devices | ring both phones => simultaneous ring",
  "hide number | hide caller id | withhold caller id | block caller id | clir | conceal number | hide phone number | restrict caller id | hide my number => caller id",
  "what number shows | number shows | number displayed | outbound number | outgoing number | number people see | number callers see | display number | show as | presents => caller id",
  "ringtone | distinctive ring | distinctive ringing | special ring => priority alert / distinctive ringing",
  "vip | important callers => priority alert / selective call accept",
  "only accept calls from | only let through | whitelist | allow list | allowlist | accept only => selective call accept criteria",
  "reject calls from | refuse calls from | turn away | screen out => selective call reject criteria",
  "unwanted calls | annoying caller | harassing | stalker => call block / selective call reject",
  "email me when | email when called | email alert for calls | email for incoming calls => call notify",
  "out of service | take out of service | suspend line | suspend service | service suspended | number not in service | line out | left the company message => call intercept",
  "extension mobility | em login | em profile => hoteling / hot desking",
  "log in to a shared phone | sign in to a shared phone | guest login | flexible workspace => hoteling / hot desking",
  "join calls of | break into | break in | cut in | jump into | jump in on => barge in",
  "boss | chief => executive",
  "filter calls | screen calls | call screening | call filtering => executive call filtering / executive screening",
  "delegate | on behalf of => executive assistant / executive assigned assistants",
  "console | switchboard | operator => receptionist client / auto attendant",
  "speed dial | speeddial | speed dials => monitoring speed dial",
  "watch | watches | see status of | line status | presence of lines | see if busy => monitoring",
  "auto answer | automatic answer | automatically answer | answer automatically => answer settings auto answer",
  "unlock mailbox | locked mailbox | forgot pin | forgotten pin | locked out of voicemail | locked out => reset voicemail pin",
  "vm to email | voicemail to email | email voicemail | voicemail email | email copy of voicemail => voicemail settings email copy of message",
  "fax | fax to email | incoming fax | e fax => fax message / voicemail fax message",
  "transcribe | transcription | voicemail transcript | speech to text => voicemail transcription",
  "rings before voicemail | number of rings | ring count | how many rings | how long it rings => voicemail number of rings",
  "listen to voicemail | heard voicemail | new voicemail | voicemail count | how many voicemails => voicemail message summary",
  "record calls | record his calls | record her calls | record all calls | always record | start recording calls => call recording",
  "on demand recording | record button | pause resume recording => call recording",
  "long distance | international calls | international calling | international dialing | premium numbers | toll calls | toll fraud | call abroad | premium rate | directory assistance | abroad | overseas => outgoing permission",
  "collect call | reverse charge => incoming permission collect calls",
  "jabber | uc manager | cucm => calling behavior",
  "which app places calls => calling behavior",
  "softphone | soft phone | desktop app | mobile app | webex app => application services / shared line appearance application",
  "directory privacy | hide from directory | hide line status | unlisted => privacy",
  "self care | self service | what users can change | what users may change | allowed to change => feature access permissions",
  "mlpp | precedence => priority alert",
  "user hub | settings portal => feature access",
];

/** Groups, queues, attendants and announcements. */
const GROUPS: readonly string[] = [
  "round robin | circular | longest idle | simultaneous hunting | weighted | top down | hunt order | ring order | ring strategy | distribution policy | routing policy => hunt group policy / queue policy",
  "available for calls | log in agent | log agent in | log out agent | log agent out | sign in agent | agent state | acd state | ready state | not ready | make agent available | agent availability => agent settings queue",
  "pause agent | pause queue agent | unpause agent | join queue | leave queue | unjoin => update agent settings queue",
  "overflow | bounced call | bounced | comfort message | comfort bypass | queue size | welcome message | estimated wait | mohmessage => queue details update",
  "live monitor | monitor agent | monitor a live call => silent monitor",
  "weather closure | snow day | evacuation | evacuate | divert all callers | send all callers elsewhere => forced forward queue / operating mode switch",
  "no agents | all agents signed out | all agents logged out | nobody logged in | no agent signed in | nobody signed in => stranded calls queue",
  "service level | wallboard | queue stats | queue statistics | queue report => report / list queue calls",
  "waiting in queue | callers waiting | calls waiting in | who is waiting | calls in the queue | people waiting | holding in queue | waiting callers => list queue calls",
  "who is in | who s in | members of | whos in | which people are in | who belongs to | who answers | who rings | who all is in => details agents",
  "greeting menu | press 1 | key press | menu options | menu option | business hours menu | after hours menu | holiday menu | dial by name => auto attendant",
  "night switch | day night switch | switch to night | close the office | open the office | closed mode | switch to closed | switch to holiday => mode management switch mode / operating mode",
  "back to normal | return to normal | normal hours | back to schedule => switch to normal operation mode",
  "broadcast message | broadcast announcement | mass announcement | speak to everyone => paging group",
  "outcome | disposition codes | reason codes | reason code => wrap up reason",
  "faq | knowledge | documents => knowledge base document",
  "closed on | closed for | holidays | christmas | thanksgiving | new year | easter => schedule holiday / operating mode holiday",
  "upload greeting | custom greeting | record greeting => upload greeting announcement",
  "this call is recorded | call may be recorded | calls are being recorded | consent => compliance announcement",
  "recording beep | recording announcement | recording tone => call recording announcement",
  "skills | skill based | skill level => queue agents skill",
];

/** Devices. */
const DEVICES: readonly string[] = [
  "ata | analog adapter | analog telephone adapter | analog phone | analogue phone | analog line | analog => device",
  "reboot | restart | resync | push config | reload config | apply config | refresh phone | resync phone => apply changes device / rebuild phones",
  "hotel room phone => workspace device",
  "phones offline | offline phones | registered phones | registration status | device status | online phones | unregistered phones | phone status | phone is online | phone online => list devices connection status",
  "blf keys | speed dial keys | buttons | button | keys | layout => device layout line key",
  "provision phone | onboard phone | bring up phone | add phone | new phone | register phone | install phone => create device mac address / create device activation code",
  "replace phone | swap phone | phone swap | broken phone => create device mac address / delete device",
  "lines on the phone | lines on a phone | shared on phone | appear on phone | who is on the phone | add a line | second line | line appearance => device members / shared line appearance members",
  "phone settings | phone config | phone configuration | ring volume | backlight | screen timeout | ldap | vlan | web access | time format => device settings / device dynamic settings",
  "bandwidth | codec | compression => device settings compression",
  "phones in bulk | every phone | all phones | phones at once => device settings job / rebuild phones",
  "supported phones | which phones can | compatible phones => supported devices",
  "sip password | device password => third party device / generate password location",
  "occupancy | people count | room sensor | sensors => workspace capabilities",
  "sign in sessions | hot desk session | reservations | booked desk | kick off | signed in at => hot desk session",
];

/** Numbers, routing, emergency. */
const ROUTING: readonly string[] = [
  "dids not assigned | numbers not assigned | not assigned numbers | unassigned numbers | unassigned dids | unused numbers | unused dids | spare numbers | spare dids | free numbers | free dids | available dids | dids available | numbers available | dids free | numbers free | numbers left | dids left => phone numbers for organization with given criteria / available numbers",
  "inventory | number inventory | all numbers => phone numbers for organization",
  "who owns number | whose number | who has number | number belongs to | owns the number | who has extension | whose extension | owner of number => list phone numbers organization",
  "port | port in | porting | port numbers | import numbers | bring numbers | load numbers | order numbers | new numbers | buy numbers | onboard numbers => add phone numbers to location",
  "release numbers | give up numbers | cancel numbers | return numbers | give back numbers => remove phone numbers from location",
  "activate number | activate numbers | deactivate number | deactivate numbers | number state => manage number state",
  "move number | move numbers | transfer numbers | relocate number | relocate numbers | move dids => manage numbers job",
  "move user | move users | relocate user | transfer user | change location of user | move person | move people | move an employee | move employee => move users job",
  "extension conflict | extension taken | extension is free | check extension | is extension free | duplicate extension | validate extension => validate extensions",
  "where does number go | where would a call | where does a call | where will a call | where would a call go | where will a call go | trace route | trace call | simulate call | call path | dna | dialed number analyzer | route plan => test call routing",
  "lgw usage | where is trunk used | what uses trunk => local gateway usage count",
  "dial 9 | outside line | nine for outside => location outside dial digit",
  "interop | unknown extensions | pbx extensions => internal dialing",
  "local gateway address | gateway fqdn | fqdn | srv => local gateway fqdn",
  "ambulance | first responders | psap | fire department | dispatch => emergency address",
  "911 address | e911 address | where 911 goes => emergency address / redsky building address",
  "nomadic | nomadic 911 | e911 provider | horizon mobility | intrado => redsky",
  "alert security | notify security | security desk alert | who gets notified of 911 | dials 911 | calls 911 | dialed 911 => emergency call notification",
  "callback number for 911 | number 911 sees | 911 callback => emergency callback number",
  "robocalls | spam calls | scam | telemarketers | nuisance => caller reputation / call block",
  "premises based pstn | premise pstn => pstn trunk",
  "teams users | direct routing => ms teams",
];

/** Records, people and the organization. */
const RECORDS: readonly string[] = [
  "disable calling | turn off calling | turn calling off | remove calling | switch calling off | calling off => disable location job",
  "enable calling | turn on calling | turn calling on | activate calling | switch calling on => enable location",
  "who called | call reports | billing records | yesterdays calls | calls made yesterday | call statistics | calls last week | calls made | usage records => detailed call history",
  "recordings | recording files | recorded calls | call recordings => converged recordings / call recording settings",
  "who listened | who downloaded | who viewed | who accessed | audit recording | recording audit => recording audit report",
  "statistics | stats | analytics | csv | usage report => report / call quality stats",
  "offboard | leaver | terminate employee | fire | let go | dismissed | left the company | leaves the company => delete person",
  "onboard | new hire | new starter | joiner | new employee | new joiner => create person",
  "new site | open a site | new office | new branch | new location => create location",
  "close site | close office | shut down site | closing office | decommission site | retire site => disable location calling / delete location",
  "calls in progress | active calls | ongoing calls | live calls | current calls | on the phone right now | on a call => list calls",
  "grab | take over call | move call to another device => pull",
  "send call to voicemail | send to voicemail => divert / voicemail send calls",
  "three party | add to conference | add another caller | join third => conference add participant",
  "can they hear | cant hear => deafen participant / mute",
  "press keys | send digits | enter digits => transmit dtmf",
  "pickup a ringing call | answer colleague => pickup",
  "call events | event notifications | push notifications | webhooks => webhook interest registration",
  "password policy | pin policy | pin rules | pin complexity | passcode rules | passcode policy | pin requirements | pin strength => voicemail rules / voice portal passcode rule",
  "message retention | retention | expire voicemail | voicemail expiry | auto delete voicemail => voicemail settings organization message expiry",
  "prompt language | announcement language | voice language => announcement language",
  "transcripts | call transcripts => call captions",
  "name of site | address of site | street address => location details",
  "gdpr | legal hold | compliance officer | compliance archive => admin compliance recordings / meeting archive",
];

/** All meanings; where several fit a request's words, the longest way of saying it counts. */
export const MEANINGS: readonly string[] = [...CALLS, ...GROUPS, ...DEVICES, ...ROUTING, ...RECORDS];

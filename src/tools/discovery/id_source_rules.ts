/**
 * Which reads supply identifiers and numbers whose source neither the path nor the name tells.
 *
 * @module
 */

/** Where certain identifiers come from. */
export interface SourceRule {
  /** Matches `place METHOD /path`, for example `agents[].id POST /telephony/config/supervisors`. */
  readonly at: RegExp;
  /**
   * Paths of reads, the best first. `./name` is looked for below the endpoint's path and below what that is a part of,
   * the closest first. None: such values come from elsewhere, and no read of a similar name is offered.
   */
  readonly from: readonly string[];
}

const CONFIG = "/telephony/config";
const ME = `${CONFIG}/people/me`;
const TRUNKS = `${CONFIG}/premisePstn/trunks`;
const ROUTE_GROUPS = `${CONFIG}/premisePstn/routeGroups`;
const QUEUES = `${CONFIG}/queues`;
const HUNT_GROUPS = `${CONFIG}/huntGroups`;
const AUTO_ATTENDANTS = `${CONFIG}/autoAttendants`;
const ANNOUNCEMENTS = `${CONFIG}/announcements`;
const PLAYLISTS = `${ANNOUNCEMENTS}/playlists`;
const NUMBERS = `${CONFIG}/numbers`;
const LINES = ["/people", "/workspaces", `${CONFIG}/virtualLines`];

/** Values that look like identifiers of Webex objects and aren't, or that no read of this interface shows. */
const FOREIGN: readonly SourceRule[] = [
  { at: /^emailCopyOfMessage\.emailId /, from: [] },
  { at: /(^|\.)wifiNetwork\.userId /, from: [] },
  { at: /^(companyId|clientId|redSkyOrgId|partnerRedskyOrgId|carrierId|callingLineId) /, from: [] },
  { at: /^regionId \w+ \/partner\//, from: [] },
  { at: /^(calendar\.resourceGroupId|profileId|addressId|ttsId|s3Path|countryCode) /, from: [] },
];

const OBJECTS: readonly SourceRule[] = [
  { at: /[aA]udioPlaylistId |^playlistId /i, from: [PLAYLISTS] },
  {
    at: /audioAnnouncementFile(Id|s?(\[\])?\.id) |[aA]udioFiles?(\[\])?\.id |^announcementIds? /,
    from: [ANNOUNCEMENTS],
  },
  { at: /^callId(s|\d)? \w+ \/telephony\/\w+\/members\/me(\/|$)/, from: ["/telephony/calls/members/me/calls"] },
  { at: /^callId(s|\d)? \w+ \/telephony\/\w+\/members\/\{/, from: ["/telephony/calls/members/{}/calls"] },
  { at: /^callId(s|\d)? /, from: ["/telephony/calls"] },
  { at: /^messageId \w+ .*\/members\/me(\/|$)/, from: ["/telephony/voiceMessages/members/me/voiceMessages"] },
  { at: /^messageId \w+ .*\/members\/\{/, from: ["/telephony/voiceMessages/members/{}/voiceMessages"] },
  { at: /^messageId /, from: ["/telephony/voiceMessages"] },
  {
    at: /^(preferredAnswerEndpointId|id) \w+ .*\/(preferredAnswerEndpoint|answerSettings)$/,
    from: ["./availablePreferredAnswerEndpoints"],
  },
  { at: /^endpointId \w+ .*\/members\/\{/, from: [`${CONFIG}/people/{}/availablePreferredAnswerEndpoints`] },
  { at: /^endpointId /, from: [`${ME}/settings/availablePreferredAnswerEndpoints`, `${ME}/endpoints`] },
  { at: /^lineOwnerId /i, from: [`${ME}/endpoints`] },
  {
    at: /^(connection\.id|premiseRouteId|unknownExtensionRouteIdentity\.id|routeId) /,
    from: [
      `${CONFIG}/routeChoices`,
      TRUNKS,
      ROUTE_GROUPS,
    ],
  },
  { at: /^localGateways\[\]\.id /, from: [TRUNKS] },
  { at: /^originatorId /, from: ["/people", TRUNKS] },
  { at: /^ownerId GET \/telephony\/config\/numbers$/, from: [NUMBERS] },
  { at: /^(ownerId|ownerID|reassignOwner\w*) /, from: LINES },
  { at: /^archiveId /, from: ["/recordingReport/meetingArchiveSummaries"] },
  { at: /^recordingIds? \w+ \/(admin|recordingReport)\//, from: ["/admin/convergedRecordings"] },
  { at: /^recordingIds? /, from: ["/convergedRecordings", "/admin/convergedRecordings"] },
  { at: /^templateId \w+ \/partner\/reports/, from: ["/partner/reports/templates"] },
  { at: /^templateId \w+ .*\/aiReceptionists/, from: [`${CONFIG}/aiReceptionists/templates`] },
  { at: /^templateId \w+ \/telephony\//, from: [`${CONFIG}/devices/lineKeyTemplates`] },
  { at: /^id PUT .*\/callRecording\/vendor$/, from: ["./vendors"] },
  { at: /^vendorId /, from: [`${CONFIG}/callRecording/vendors`] },
  { at: /^(selected\.id|selectedCallerId) /, from: ["./availableCallerIds", QUEUES, HUNT_GROUPS] },
  { at: /^id PUT \/telephony\/pstn\/.*\/connection$/, from: ["./connectionOptions"] },
  {
    at: /^id \w+ .*\/callerReputationProvider/,
    from: [`${CONFIG}/serviceSettings/callerReputationProvider/providers`],
  },
  { at: /^id POST \/telephony\/externalVoicemail\/mwi$/, from: ["/people", "/workspaces"] },
  { at: /^rangeId /, from: [`${CONFIG}/virtualExtensionRanges`] },
  { at: /^applicationId \w+ .*\/people\//, from: ["/people/{}/features/applications"] },
  { at: /^transferTo\.contactId /, from: ["/people"] },
  { at: /^contacts\[\]\.personId |^executives\[\]\.personId /, from: ["/people"] },
  { at: /^contacts\[\]\.featureId /, from: [AUTO_ATTENDANTS, QUEUES, HUNT_GROUPS] },
  { at: /^featureIds? \w+ .*\/people\/me\//, from: [`${ME}/settings/modeManagement/features`] },
  { at: /^operatingModeId \w+ .*\/people\/me\//, from: [`${ME}/settings/modeManagement/features/{}`] },
  { at: /modes\[\]\.id /, from: ["./operatingModes/availableOperatingModes", `${CONFIG}/operatingModes`] },
  { at: /wrapup\w*Ids? /i, from: [`${CONFIG}/cxEssentials/wrapup/reasons`] },
  { at: /(^|\.)(queues|settings)\[\]\.(id|queueId) /, from: [QUEUES] },
  { at: /\w*huntGroupId \w+ .*\/callParks/, from: ["./availableRecallHuntGroups", HUNT_GROUPS] },
  { at: /huntGroupId /i, from: [HUNT_GROUPS] },
  { at: /^(departmentId) /, from: [QUEUES] },
  { at: /^subscriptionId /, from: [`${CONFIG}/locations/{}`] },
  { at: /^workspaceLocationId /, from: ["/locations"] },
  { at: /(^|\.)licenses /, from: ["/people/me"] },
  { at: /^managerId /, from: ["/people"] },
];

/** Who can be put into a group, onto a device or under watch. */
const MEMBERS: readonly SourceRule[] = [
  { at: /^hostId /, from: ["./availableHosts", "/people", "/workspaces"] },
  { at: /^assistantIds /, from: ["./availableAssistants", "/people"] },
  { at: /^agents(\[\]\.id)? \w+ .*\/(callParks|callPickups)/, from: ["./availableUsers", ...LINES] },
  { at: /^agents(\[\]\.id)? \w+ .*\/supervisors/, from: ["./availableAgents", ...LINES] },
  { at: /^agents(\[\]\.id)? \w+ .*\/queues/, from: [`${QUEUES}/agents/availableAgents`, ...LINES] },
  { at: /^id POST .*\/supervisors$/, from: ["./availableSupervisors"] },
  { at: /^supervisorIds? /, from: [`${CONFIG}/supervisors`] },
  { at: /^(agents|originators|targets)(\[\]\.id)? /, from: LINES },
  { at: /^members(\[\]\.(id|memberId))? /, from: ["./availableMembers", ...LINES] },
  { at: /^monitoredElements /, from: [...LINES.slice(0, 1), `${CONFIG}/callParkExtensions`] },
  { at: /^monitoredMembers /, from: LINES },
  { at: /^monitoringAgents /, from: ["/people"] },
  { at: /^callParkExtensions /, from: [`${CONFIG}/callParkExtensions`] },
  { at: /^(queues|queuesTo(Assign|Unassign)) \w+ .*\/reasons\/\{/, from: ["./availableQueues", QUEUES] },
  { at: /^(queues|queuesTo(Assign|Unassign)) /, from: [QUEUES] },
  { at: /(^|\.)userId /, from: ["/people"] },
  { at: /(^|\.)line[12]MemberId /, from: [`${CONFIG}/devices/availableMembers`, ...LINES] },
];

/** Numbers that are free for a purpose, and numbers that exist. */
const PHONE_NUMBERS: readonly SourceRule[] = [
  { at: /^phoneNumber \w+ \/telephony\/pstn\/numbers\//, from: [NUMBERS] },
  { at: /^phoneNumber POST .*\/(\w+)$/, from: ["./availableNumbers"] },
  { at: /^phoneNumber PUT /, from: ["./availableNumbers"] },
  { at: /lternateNumbers\[\]\.phoneNumber /, from: ["./alternate/availableNumbers"] },
  { at: /^faxMessage\.phoneNumber \w+ .*\/voicemailGroups/, from: ["./faxMessage/availableNumbers"] },
  { at: /^faxMessage\.phoneNumber /, from: ["./faxMessage/availableNumbers"] },
  { at: /^calling\.webexCalling\.phoneNumber /, from: [`${CONFIG}/workspaces/availableNumbers`] },
  { at: /^callingLineId\.phoneNumber /, from: [`${CONFIG}/locations/{}/availableNumbers`] },
  { at: /^chargeNumber /, from: [`${CONFIG}/locations/{}/chargeNumber/availableNumbers`] },
  { at: /^phoneNumbers\[\]\.value POST \/people$/, from: [`${CONFIG}/people/primary/availableNumbers`] },
  { at: /^phoneNumbers\[\]\.directNumber \w+ .*\/people\//, from: [`${CONFIG}/people/{}/secondary/availableNumbers`] },
  {
    at: /^phoneNumbers\[\]\.directNumber \w+ .*\/workspaces\//,
    from: [`${CONFIG}/workspaces/{}/secondary/availableNumbers`],
  },
  { at: /^(phoneNumbers (PUT|DELETE)|numberList\[\]\.numbers \w+) /, from: [NUMBERS] },
];

/** All rules; the first that matches counts. */
export const SOURCE_RULES: readonly SourceRule[] = [...FOREIGN, ...OBJECTS, ...MEMBERS, ...PHONE_NUMBERS];

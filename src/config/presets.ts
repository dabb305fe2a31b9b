/**
 * Ready-made selections of tools for kinds of work.
 *
 * @module
 */

/** A named selection. */
export interface Preset {
  readonly name: string;
  /** Whom it serves: one line. */
  readonly summary: string;
  /** Whole features, by name or alias; with none and no tools, all. */
  readonly features?: readonly string[];
  /** Patterns of further tools. */
  readonly tools?: readonly string[];
  /** Patterns of tools that are left out. */
  readonly excludeTools?: readonly string[];
  /** Nothing that changes anything is there. */
  readonly readOnly?: boolean;
}

/** What nearly every task begins with: finding whom or what it is about. */
const LOOK_UPS = [
  "people_list_people",
  "people_get_person_details",
  "locations_list_locations",
  "locations_get_location_details",
  "workspaces_list_workspaces",
  "numbers_list_phone_numbers_of_organization",
] as const;

/** All presets; each but the last stays below the 128 tools that several clients take. */
export const PRESETS: readonly Preset[] = [
  {
    name: "help-desk",
    summary: "A person's calls, voicemail, devices and memberships; deletes nothing",
    features: ["User Call Settings (1/2)"],
    tools: [
      ...LOOK_UPS,
      "people_update_a_person",
      "user_*_voicemail_*",
      "user_*_answer_settings_*",
      "user_*_selective_*_settings",
      "user_*_simultaneous_ring_settings_*",
      "user_*_music_on_hold_settings_*",
      "user_*_preferred_answer_endpoint",
      "user_*_anonymous_call_rejection_*",
      "user_*_hot_desking_members",
      "user_list_enabled_calling_services_for_person",
      "user_get_person_*_avail_phone*",
      "voicemail_members_get_*",
      "device_settings_get_user_devices_count",
      "device_settings_get_person_devices",
      "device_settings_get_device_members",
      "device_settings_get_device_settings",
      "device_settings_*_for_person",
      "device_settings_apply_changes",
      "devices_list_devices",
      "devices_get_device_details",
      "devices_create_a_device_activation_code",
      "dect_list_networks_associated_with_person",
      "emergency_*_persons_callback_number",
      "single_number_reach_*",
      "call_pickup_read_the_list_of_call_pickups",
      "call_pickup_get_details_for_a_call_pickup",
      "hunt_group_read_the_list_of_hunt_groups",
      "hunt_group_get_details_for_a_hunt_group",
      "call_queue_list_call_queues",
      "call_queue_get_details_for_a_call_queue",
      "call_queue_list_agents",
      "call_queue_get_details_for_an_agent",
      "call_queue_update_agent_settings",
      "call_routing_test_call_routing",
      "call_history_*",
    ],
    excludeTools: ["*_delete", "*_delete_*"],
  },
  {
    name: "numbers",
    summary: "Numbers, PSTN connections and how calls are routed",
    features: ["Numbers", "PSTN", "Call Routing"],
    tools: [
      ...LOOK_UPS,
      "location_get_*_avail*",
      "locations_update_a_location",
      "location_list_locations_webex_calling_details",
      "location_get_location_webex_calling_details",
      "location_update_webex_calling_details",
      "location_*_routing_prefix*",
      "location_list_*_number_candidates",
      "location_list_phone_nums_avail_extern_caller",
      "location_validate_*extensions",
      "location_*_internal_dialing_*",
      "location_*_emergency_callback_number",
      "user_*_numbers_*person",
      "user_get_person_*_avail_phone_nums",
      "workspace_*_numbers_associated",
      "workspace_get_available_phone_numbers",
      "virtual_extensions_*",
    ],
  },
  {
    name: "queues",
    summary: "Call queues, hunt groups, their agents, supervisors, announcements and schedules",
    features: [
      "Features: Call Queue",
      "Features: Customer Assist",
      "Features: Hunt Group",
      "Features: Announcement Repository",
      "Features: Announcement Playlist",
      "Location Call Settings: Schedules",
    ],
    tools: [...LOOK_UPS, "announcement_playlist_get_playlist_usage", "user_*_agents_*caller_id*"],
  },
  {
    name: "reporting",
    summary: "Call history, reports, quality and recordings; changes nothing but reports",
    features: [
      "Reports",
      "Reports: Detailed Call History",
      "Partner Reports/Templates",
      "Recording Report",
      "Calling Metrics",
    ],
    tools: [
      ...LOOK_UPS,
      "converged_recordings_list_*",
      "converged_recordings_get_*",
      "call_queue_list_call_queues",
      "call_queue_list_agents",
      "hunt_group_read_the_list_of_hunt_groups",
    ],
  },
  {
    name: "read-only-audit",
    summary: "Everything that can be read, and nothing that changes anything",
    readOnly: true,
  },
];

/**
 * All workflows.
 *
 * @module
 */

import { BUILD_AUTO_ATTENDANT, BUILD_CALL_QUEUE, BUILD_HUNT_GROUP } from "./call_groups.ts";
import { ASSIGN_DEVICE } from "./devices.ts";
import { OPEN_LOCATION, SET_UP_EMERGENCY } from "./locations.ts";
import { FORWARD_CALLS, MOVE_USERS, OFFBOARD_USER, ONBOARD_USER } from "./people.ts";
import { CHECK_ROUTING, EXPLORE_FEATURE, INVESTIGATE_CALL_HISTORY } from "./questions.ts";
import type { Workflow } from "./workflow.ts";

/** In the order in which clients list them. */
export const WORKFLOWS: readonly Workflow[] = [
  ONBOARD_USER,
  OFFBOARD_USER,
  MOVE_USERS,
  FORWARD_CALLS,
  OPEN_LOCATION,
  SET_UP_EMERGENCY,
  BUILD_CALL_QUEUE,
  BUILD_HUNT_GROUP,
  BUILD_AUTO_ATTENDANT,
  ASSIGN_DEVICE,
  INVESTIGATE_CALL_HISTORY,
  CHECK_ROUTING,
  EXPLORE_FEATURE,
];

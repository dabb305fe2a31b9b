/**
 * Workflows around phones.
 *
 * @module
 */

import type { Workflow } from "./workflow.ts";

/** Gives a phone to a person or a workspace. */
export const ASSIGN_DEVICE: Workflow = {
  name: "assign_device",
  title: "Assign a device",
  description: "Add a phone to a person or a workspace, by MAC address or activation code",
  arguments: [
    { name: "owner", description: "Person or workspace that gets it", required: true },
    { name: "method", description: "How it is added", values: ["MAC address", "activation code"] },
    { name: "model", description: "Model, e.g. Cisco 8845" },
    { name: "mac", description: "MAC address, 12 hex digits" },
  ],
  ask: "person or workspace, model, MAC address or activation code.",
  before: [
    { read: "GET /people", does: "a person: displayName= or email=, callingData=true; calling is needed." },
    { read: "GET /workspaces", does: "or a workspace: displayName=; its calling must be webexCalling." },
    { read: "GET /telephony/config/people/{personId}/devices", does: "what the person has already." },
    { read: "GET /telephony/config/supportedDevices", does: "the exact name of the model, and how it is onboarded." },
    {
      read: "POST /telephony/config/devices/actions/validateMacs/invoke",
      does: "the address is free and well formed (macs=).",
    },
    {
      does: "A Standard-licence person who gets a desk phone loses calling in the apps: tell the user before.",
    },
  ],
  steps: [
    {
      write: "POST /devices",
      does: "by address: mac=, model=, personId= or workspaceId=.",
    },
    {
      write: "POST /devices/activationCode",
      essential: false,
      does: "or by code: personId= or workspaceId=, model=. Give the user code and expiryTime; the phone asks for it.",
    },
    {
      read: "GET /devices",
      does: "personId= or workspaceId=: the device is there. Note callingDeviceId.",
    },
    {
      write: "POST /telephony/config/devices/{deviceId}/actions/applyChanges/invoke",
      essential: false,
      does: "only after settings were changed: deviceId= is the callingDeviceId. The phone may restart.",
    },
  ],
  after: [
    { read: "GET /devices/{deviceId}", does: "owner, model and connectionStatus; it connects once it is plugged in." },
    {
      read: "GET /telephony/config/people/{personId}/emergencyCallbackNumber",
      does: "a phone that stands elsewhere needs a fitting emergency number: workflow set_up_emergency.",
    },
  ],
  traps: [
    "One device at a time for the same owner: wait for the answer.",
    "Phones of the 9800 series may answer without content: list the devices to see it.",
    "Two ids: devices have id, tools of device settings want callingDeviceId.",
    "A workspace takes devices of its kind only (phones or collaboration devices).",
  ],
};

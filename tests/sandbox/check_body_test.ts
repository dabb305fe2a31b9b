import assert from "node:assert/strict";
import { at, makeBench } from "./support.ts";

const { call } = makeBench();
const FLOOR = { name: "Floor", timeZone: "Europe/Berlin", preferredLanguage: "de_de", announcementLanguage: "de_de" };
const UPLOAD = "/telephony/config/people/me/settings/voicemail/actions/busyGreetingUpload/invoke";

function form(name: string, value: Blob | string): FormData {
  const data = new FormData();
  data.append(name, value);
  return data;
}

Deno.test("readBody() tells what a body lacks, as Webex writes errors", async () => {
  const { status, body, headers } = await call("POST", "/locations", FLOOR);
  assert.equal(status, 400);
  assert.equal(at(body, "message"), "Invalid request body: address is required");
  assert.equal(at(body, "errors", 0, "description"), at(body, "message"));
  assert.equal(at(body, "errors", 0, "errorCode"), 25008);
  assert.equal(headers.get("cisco-spark-error-codes"), "25008");
  assert.match(String(at(body, "trackingId")), /^ROUTER_/);
});

Deno.test("readBody() refuses a missing body, broken JSON and other media types", async () => {
  assert.equal((await call("POST", "/locations")).status, 400);
  assert.equal((await call("POST", "/locations", "{broken")).status, 400);
  assert.equal((await call("POST", "/locations", "<a/>", { "content-type": "application/xml" })).status, 415);
});

Deno.test("readBody() accepts members that the collection doesn't declare", async () => {
  const address = { address1: "1 Road", city: "Berlin", state: "Berlin", postalCode: "10115", country: "DE" };
  assert.equal((await call("POST", "/locations", { ...FLOOR, address, colour: "blue" })).status, 201);
});

Deno.test("readBody() reads multipart bodies and checks their fields", async () => {
  const file = new File(["RIFF"], "hello.wav", { type: "audio/wav" });
  assert.equal((await call("POST", UPLOAD, form("file", file))).status, 201);
  assert.equal((await call("POST", UPLOAD, form("other", file))).status, 400);
  assert.equal((await call("POST", UPLOAD, form("file", "no file"))).status, 400);
  assert.equal((await call("POST", UPLOAD, { file: "x" })).status, 415);
});

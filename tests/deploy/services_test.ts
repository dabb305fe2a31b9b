import assert from "node:assert/strict";
import { readProjectFile, serviceElement, unitValues } from "./deploy_files.ts";

/** What WinSW 2.12 documents for its XML configuration, of what a service of this kind could use. */
const WINSW_ELEMENTS = [
  "arguments",
  "delayedAutoStart",
  "description",
  "env",
  "executable",
  "id",
  "keepFiles",
  "log",
  "logpath",
  "name",
  "onfailure",
  "resetfailure",
  "service",
  "sizeThreshold",
  "startmode",
  "stoptimeout",
  "workingdirectory",
];

const XML = readProjectFile("deploy/windows/webex-calling-mcp.xml");

Deno.test("The Windows service uses elements that its wrapper documents, each closed", () => {
  const text = XML.replaceAll(/<!--[\s\S]*?-->|<\?.*?\?>/g, "");
  const open: string[] = [];
  for (const [, slash, name = "", closed] of text.matchAll(/<(\/?)([A-Za-z]+)[^<>]*?(\/?)>/g)) {
    if (slash === "/") assert.equal(open.pop(), name);
    else if (closed !== "/") open.push(name);
    assert.ok(WINSW_ELEMENTS.includes(name), name);
  }
  assert.deepEqual(open, []);
});

Deno.test("The Windows service gets an account of its own and stays within its directory", () => {
  const id = serviceElement("id");
  assert.match(id, /^[a-z]+$/);
  const page = readProjectFile("docs/operations.md");
  assert.ok(page.includes(`sc.exe config ${id} obj= "NT SERVICE\\${id}"\n`));
  for (const [, account] of page.matchAll(/NT SERVICE\\(\w+)/g)) assert.equal(account, id);
  for (const [, path = ""] of XML.matchAll(/"([A-Z]:\\[^"]*)"/g)) {
    assert.ok(path.startsWith("C:\\ProgramData\\webex-calling-mcp\\"), path);
  }
});

Deno.test("The unit of systemd hands over by credentials what it names as files of secrets", () => {
  const credentials = unitValues("LoadCredential").map((value) => value.split(":")[0]);
  const used = unitValues("Environment").flatMap((value) => /%d\/(\S+)$/.exec(value)?.[1] ?? []);
  assert.deepEqual(used, credentials);
});

Deno.test("The unit of systemd reloads by SIGHUP, ends by SIGTERM to the program alone, and writes its state only", () => {
  assert.deepEqual(unitValues("ExecReload"), ["/bin/kill -HUP $MAINPID"]);
  assert.deepEqual(unitValues("KillMode"), ["mixed"]);
  assert.deepEqual(unitValues("ProtectSystem"), ["strict"]);
  assert.deepEqual(unitValues("DynamicUser"), ["yes"]);
  assert.deepEqual(unitValues("StateDirectory"), ["webex-calling-mcp"]);
  for (const name of ["ReadWritePaths", "CacheDirectory", "LogsDirectory", "MemoryDenyWriteExecute"]) {
    assert.deepEqual(unitValues(name), [], name);
  }
});

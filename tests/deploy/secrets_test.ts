import assert from "node:assert/strict";
import { isRecord } from "../../src/core/json.ts";
import { DEPLOY_FILES, manifestsOf, readProjectFile, valueAt } from "./deploy_files.ts";

const DOCKERFILE = readProjectFile("deploy/Dockerfile");

/** What keys and tokens look like: long, with letters in both cases and digits. */
function looksSecret(word: string): boolean {
  return word.length >= 32 && /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word) && !/^ECDHE-/.test(word);
}

Deno.test("deploy/ holds nothing that looks like a token, a key or a password", () => {
  for (const { path, text } of DEPLOY_FILES) {
    assert.ok(!/-----BEGIN/.test(text), path);
    assert.deepEqual((text.match(/[A-Za-z0-9+/_-]+={0,2}/g) ?? []).filter(looksSecret), [], path);
    assert.ok(!/rediss?:\/\/[^/\s"]*@/.test(text), `${path} has a password in an address`);
    assert.ok(!/^\s*requirepass\s/m.test(text), `${path} has Valkey's password`);
  }
});

Deno.test("secrets.example.yaml has a placeholder for every secret", () => {
  for (const secret of manifestsOf("deploy/kubernetes/example/secrets.example.yaml")) {
    const data = valueAt(secret, "stringData");
    assert.ok(isRecord(data));
    for (const value of Object.values(data)) assert.match(String(value), /^(?:requirepass )?<[^<>]+>$/);
  }
  const kustomization = readProjectFile("deploy/kubernetes/example/kustomization.yaml").replaceAll(/^\s*#.*$/gm, "");
  assert.ok(!kustomization.includes("secrets.example.yaml"));
});

Deno.test("The secrets of files are given by path, and never by value", () => {
  const byValue = /\b(?:WEBEX_ACCESS_TOKEN|WEBEX_CLIENT_SECRET|WEBEX_REFRESH_TOKEN)\b(?!_)/;
  for (const { path, text } of DEPLOY_FILES) assert.ok(!byValue.test(text), path);
});

Deno.test("The Dockerfile takes no secret as an argument and runs as a number that is not root", () => {
  for (const [line] of DOCKERFILE.matchAll(/^(?:ARG|ENV) .*$/gm)) {
    assert.doesNotMatch(line, /TOKEN|SECRET|PASSWORD|KEY/);
  }
  assert.deepEqual([...DOCKERFILE.matchAll(/^USER (.*)$/gm)].map(([, user]) => user), ["65532:65532"]);
});

Deno.test("The build sees the sources and the executables alone", () => {
  const lines = readProjectFile("deploy/Dockerfile.dockerignore").split("\n").filter((line) => /^[^#]/.test(line));
  assert.equal(lines[0], "*");
  assert.ok(lines.slice(1).every((line) => line.startsWith("!")));
  const copied = [...DOCKERFILE.matchAll(/^COPY (?!--from)(?:--\S+ )?(.*) \S+$/gm)].flatMap(([, list = ""]) =>
    list.split(" ")
  );
  for (const name of copied) assert.ok(lines.includes(`!${name.replace("${TARGETARCH}", "amd64")}`), name);
});

Deno.test("Every image has a tag that says which one it is", () => {
  const images = DEPLOY_FILES.filter(({ path }) => /\.ya?ml$/.test(path))
    .flatMap(({ text }) => [...text.matchAll(/^\s+image: (\S+)$/gm)].map(([, image = ""]) => image));
  const bases = [...DOCKERFILE.matchAll(/^FROM (\S+[:/]\S+)/gm)].map(([, image = ""]) => image);
  assert.ok(images.length > 3 && bases.length === 3);
  for (const image of [...images, ...bases]) assert.match(image, /:(?!latest$)[^:/]+$/);
});

Deno.test("The Dockerfile builds with the Deno that everything is tested with", () => {
  const [, version = ""] = /deno@(\S+) task ok/.exec(readProjectFile(".ci/run")) ?? [];
  assert.ok(DOCKERFILE.includes(`denoland/deno:debian-${version} `));
});

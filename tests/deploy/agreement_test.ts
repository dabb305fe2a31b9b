import assert from "node:assert/strict";
import { COMMANDS } from "./commands.ts";
import {
  COMPOSE,
  CONTAINER,
  DEPLOY_FILES,
  DEPLOYMENT,
  manifestsOf,
  readProjectFile,
  serviceElement,
  unitValues,
  valueAt,
  wordsOf,
} from "./deploy_files.ts";

const REPLICAS = ["mcp-1", "mcp-2"];

const service = (name: string, ...path: readonly (string | number)[]) => valueAt(COMPOSE, "services", name, ...path);

/** The environment of the container in Kubernetes, by name. */
function containerVariable(name: string): unknown {
  const all = valueAt(CONTAINER, "env");
  const list: readonly unknown[] = Array.isArray(all) ? all : [];
  return valueAt(list.find((entry) => valueAt(entry, "name") === name), "value");
}

/** The value of a variable in the unit. */
function unitVariable(name: string): string | undefined {
  return unitValues("Environment").find((value) => value.startsWith(`${name}=`))?.slice(name.length + 1);
}

function seconds(text: unknown): number {
  return Number(/^(\d+)\s?s?(?:ec)?$/.exec(String(text))?.[1] ?? Number.NaN);
}

/** The addresses of replicas in an upstream block. */
function upstreamOf(path: string): string[] {
  return [...readProjectFile(path).matchAll(/^\s+server (\S+)/gm)].map(([, address = ""]) => address);
}

Deno.test("compose.yaml starts its replicas where nginx looks for them", () => {
  const bound = REPLICAS.map((name) => {
    const [, , address = ""] = wordsOf(service(name, "command"));
    return address.replace("0.0.0.0", String(service(name, "networks", "edge", "ipv4_address")));
  });
  assert.deepEqual(bound, upstreamOf("deploy/compose/upstream.conf"));
});

Deno.test("compose.yaml has the replicas believe nginx and nobody else", () => {
  const nginx = service("nginx", "networks", "edge", "ipv4_address");
  for (const name of REPLICAS) assert.equal(service(name, "environment", "WEBEX_MCP_TRUSTED_PROXIES"), nginx);
});

Deno.test("compose.yaml publishes the port that nginx listens on, and no other", () => {
  const [, port] = /^listen (\d+) ssl/m.exec(readProjectFile("deploy/compose/listen.conf")) ?? [];
  assert.deepEqual(wordsOf(service("nginx", "ports")), [`443:${port}`]);
  for (const name of [...REPLICAS, "valkey"]) assert.equal(service(name, "ports"), undefined);
});

Deno.test("compose.yaml mounts every file that nginx includes", () => {
  const mounted = wordsOf(service("nginx", "volumes")).map((volume) => volume.split(":")[1]);
  const configuration = ["nginx.conf", "webex-calling-mcp.conf"].map((name) => readProjectFile(`deploy/nginx/${name}`));
  const included = [...configuration.join("\n").matchAll(/^\s*include (\S+);/gm)].map(([, name]) =>
    `/etc/nginx/${name}`
  );
  for (const path of included) assert.ok(mounted.includes(path), path);
});

Deno.test("compose.yaml gives no container more than it needs", () => {
  for (const name of [...REPLICAS, "nginx", "valkey"]) {
    assert.equal(service(name, "read_only"), true, name);
    assert.deepEqual(service(name, "cap_drop"), ["ALL"], name);
    assert.deepEqual(service(name, "security_opt"), ["no-new-privileges:true"], name);
    assert.match(String(service(name, "user")), /^[1-9]\d*:[1-9]\d*$/, name);
    assert.ok(service(name, "deploy", "resources", "limits", "memory") !== undefined, name);
    assert.ok(service(name, "healthcheck", "test") !== undefined, name);
  }
});

Deno.test("The pods of Kubernetes fit its restricted profile, and have limits", () => {
  const valkey = manifestsOf("deploy/kubernetes/components/valkey/valkey.yaml").find((manifest) =>
    valueAt(manifest, "kind") === "StatefulSet"
  );
  for (const workload of [DEPLOYMENT, valkey]) {
    const pod = valueAt(workload, "spec", "template", "spec");
    const container = valueAt(pod, "containers", 0);
    assert.equal(valueAt(pod, "securityContext", "runAsNonRoot"), true);
    assert.ok(Number(valueAt(pod, "securityContext", "runAsUser")) > 10_000);
    assert.equal(valueAt(pod, "securityContext", "seccompProfile", "type"), "RuntimeDefault");
    assert.equal(valueAt(pod, "automountServiceAccountToken"), false);
    assert.deepEqual(valueAt(container, "securityContext"), {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    for (const kind of ["requests", "limits"]) {
      for (const what of ["cpu", "memory", "ephemeral-storage"]) {
        assert.ok(valueAt(container, "resources", kind, what) !== undefined, `${kind} ${what}`);
      }
    }
  }
});

Deno.test("Every way to run the server waits longer than it drains", () => {
  for (const name of REPLICAS) {
    const drain = Number(service(name, "environment", "WEBEX_MCP_DRAIN"));
    assert.ok(seconds(service(name, "stop_grace_period")) > drain, name);
  }
  assert.ok(seconds(unitValues("TimeoutStopSec")[0]) > Number(unitVariable("WEBEX_MCP_DRAIN")));

  const pause = Number(valueAt(CONTAINER, "lifecycle", "preStop", "sleep", "seconds"));
  const grace = Number(valueAt(DEPLOYMENT, "spec", "template", "spec", "terminationGracePeriodSeconds"));
  assert.ok(grace > pause + Number(containerVariable("WEBEX_MCP_DRAIN")));

  const [, windows = []] = COMMANDS.find(([place]) => place === "Windows") ?? [];
  assert.ok(seconds(serviceElement("stoptimeout")) > Number(windows[windows.indexOf("--drain") + 1]));
});

Deno.test("Health checks and probes ask where the server listens", () => {
  const [, port] = /^EXPOSE (\d+)$/m.exec(readProjectFile("deploy/Dockerfile")) ?? [];
  const [, , bound] = wordsOf(valueAt(CONTAINER, "args"));
  assert.equal(bound, `0.0.0.0:${port}`);
  for (const [place, args] of COMMANDS.filter(([, args]) => args[0] === "health" && args.includes("--url"))) {
    assert.equal(args[args.indexOf("--url") + 1], `http://127.0.0.1:${port}`, place);
  }
  const ports = new Map([0, 1].map((at) => [
    valueAt(CONTAINER, "ports", at, "name"),
    valueAt(CONTAINER, "ports", at, "containerPort"),
  ]));
  assert.equal(`0.0.0.0:${ports.get("http")}`, bound);
  assert.equal(`0.0.0.0:${ports.get("ops")}`, containerVariable("WEBEX_MCP_METRICS"));
  for (const [probe, path] of [["startup", "/healthz"], ["liveness", "/healthz"], ["readiness", "/readyz"]] as const) {
    assert.deepEqual(valueAt(CONTAINER, `${probe}Probe`, "httpGet"), { path, port: "ops" });
  }
});

Deno.test("Metrics are on one port everywhere, and on loopback where there is no network of their own", () => {
  const port = "9464";
  assert.equal(unitVariable("WEBEX_MCP_METRICS"), `127.0.0.1:${port}`);
  assert.ok(serviceElement("arguments").includes(`--metrics 127.0.0.1:${port} `));
  for (const name of REPLICAS) assert.equal(service(name, "environment", "WEBEX_MCP_METRICS"), `0.0.0.0:${port}`);
  assert.ok(readProjectFile("deploy/prometheus/scrape.yml").includes(`127.0.0.1:${port}`));
  for (const { path, text } of DEPLOY_FILES.filter(({ path }) => path.startsWith("deploy/nginx/"))) {
    assert.ok(!text.includes(port), path);
  }
});

Deno.test("nginx never sends a POST again of which a byte was sent", () => {
  const text = readProjectFile("deploy/nginx/webex-calling-mcp/proxy.conf").replaceAll(/^\s*#.*$/gm, "");
  assert.match(text, /^proxy_next_upstream error timeout;$/m);
  const ingress = readProjectFile("deploy/kubernetes/example/ingress.yaml");
  assert.match(ingress, /proxy-next-upstream: error timeout$/m);
});

import fc from "fast-check";
import assert from "node:assert/strict";
import type { EnvironmentName } from "../../src/config/environment.ts";
import { createConfig } from "../../src/config/config.ts";
import { tracesOf, traceWarnings } from "../../src/config/traces.ts";
import { UsageError } from "../../src/core/errors.ts";
import { PROGRAM, VERSION } from "../../src/core/version.ts";
import { SAMPLERS } from "../../src/telemetry/trace_settings.ts";

type Variables = Partial<Record<EnvironmentName, string>>;

const BASE = "OTEL_EXPORTER_OTLP_ENDPOINT";
const OWN = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
const HERE: Variables = { [BASE]: "http://localhost:4318" };

const read = (variables: Variables) => tracesOf((name) => variables[name]);

function refusal(variables: Variables): UsageError {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error("Expected a refusal");
}

Deno.test("tracesOf() exports nothing unless a collector is named, or where it is switched off", () => {
  assert.equal(read({}), undefined);
  assert.equal(read({ [BASE]: " " }), undefined);
  assert.equal(read({ OTEL_SERVICE_NAME: "x", OTEL_TRACES_SAMPLER: "nonsense" }), undefined);
  for (const off of ["true", "TRUE", "1"]) assert.equal(read({ ...HERE, OTEL_SDK_DISABLED: off }), undefined);
  assert.ok(read({ ...HERE, OTEL_SDK_DISABLED: "false" }) !== undefined);
  assert.match(refusal({ ...HERE, OTEL_SDK_DISABLED: "maybe" }).message, /OTEL_SDK_DISABLED/);
});

Deno.test("tracesOf() reads the defaults of OpenTelemetry", () => {
  assert.deepEqual(read(HERE), {
    endpoint: "http://localhost:4318/v1/traces",
    headers: {},
    resource: { "service.name": PROGRAM, "service.version": VERSION },
    sampler: "parentbased_always_on",
    ratio: 1,
  });
});

Deno.test("tracesOf() takes the address of a collector, or that of its traces as it is", () => {
  const addressOf = (variables: Variables) => read(variables)?.endpoint;
  assert.equal(addressOf({ [BASE]: "https://otel.example/base//" }), "https://otel.example/base/v1/traces");
  assert.equal(addressOf({ [OWN]: "https://otel.example/mine" }), "https://otel.example/mine");
  assert.equal(addressOf({ ...HERE, [OWN]: "https://otel.example" }), "https://otel.example/");
});

Deno.test("tracesOf() refuses an address that is none of HTTP, or has a password, without quoting it", () => {
  const wrong = [
    "localhost:4318",
    "grpc://otel.example",
    "file:///etc/passwd",
    "https://planted:planted@otel.example",
    "https://otel.example/?key=planted",
    "https://otel.example/#planted",
    "planted",
  ];
  for (const name of [BASE, OWN] as const) {
    for (const text of wrong) {
      const { message, guidance } = refusal({ [name]: text });
      assert.equal(message, `Cannot use ${name}: expected an http or https address without user, query or fragment`);
      assert.ok(!`${message} ${guidance}`.includes("planted"));
    }
  }
});

Deno.test("tracesOf() reads headers and attributes as pairs with encoded values", () => {
  const settings = read({
    ...HERE,
    OTEL_EXPORTER_OTLP_HEADERS: " authorization = Bearer%20abc== , x-b=1%2C2,",
    OTEL_RESOURCE_ATTRIBUTES: "service.name=other,team=a%3Db",
  });
  assert.deepEqual(settings?.headers, { authorization: "Bearer abc==", "x-b": "1,2" });
  assert.deepEqual(settings?.resource, { "service.name": "other", "service.version": VERSION, team: "a=b" });
  const named = read({ ...HERE, OTEL_RESOURCE_ATTRIBUTES: "service.name=other", OTEL_SERVICE_NAME: "mine" });
  assert.equal(named?.resource["service.name"], "mine");
});

Deno.test("tracesOf() refuses headers that are none, without quoting them", () => {
  for (const text of ["planted", "=planted", "a b=planted", "x=planted%0d%0ay: z", "x=planted%zz", "x=planted%C3%BC"]) {
    const { message, guidance } = refusal({ ...HERE, OTEL_EXPORTER_OTLP_HEADERS: text });
    assert.match(message, /^Cannot use OTEL_EXPORTER_OTLP_HEADERS: expected /);
    assert.ok(!`${message} ${guidance}`.includes("planted"));
  }
});

Deno.test("tracesOf() gives headers that can be sent, whatever comes", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    try {
      new Headers({ ...read({ ...HERE, OTEL_EXPORTER_OTLP_HEADERS: text })?.headers });
    } catch (error) {
      assert.ok(error instanceof UsageError);
    }
  }));
});

Deno.test("tracesOf() reads a sampler and its share", () => {
  const samplerOf = (name: string, share?: string) =>
    read({ ...HERE, OTEL_TRACES_SAMPLER: name, ...(share === undefined ? {} : { OTEL_TRACES_SAMPLER_ARG: share }) });
  for (const name of SAMPLERS) assert.equal(samplerOf(name)?.sampler, name);
  assert.equal(samplerOf("traceidratio", "0.25")?.ratio, 0.25);
  assert.equal(samplerOf("parentbased_traceidratio", ".5")?.ratio, 0.5);
  assert.equal(samplerOf("traceidratio")?.ratio, 1);
  assert.equal(samplerOf("always_on", "unused")?.ratio, 1);
  for (const share of ["1.1", "-1", "x", "1e9", "0x1", "1."]) {
    assert.throws(() => samplerOf("traceidratio", share), /OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1/);
  }
  assert.throws(() => samplerOf("xray"), /OTEL_TRACES_SAMPLER "xray": expected "parentbased_always_on", /);
});

Deno.test("traceWarnings() warns of keys that travel unencrypted", () => {
  const headers = { OTEL_EXPORTER_OTLP_HEADERS: "key=planted" };
  assert.deepEqual(traceWarnings(undefined), []);
  assert.deepEqual(traceWarnings(read({ ...HERE, ...headers })), []);
  assert.deepEqual(traceWarnings(read({ [BASE]: "https://otel.example", ...headers })), []);
  assert.deepEqual(traceWarnings(read({ [BASE]: "http://otel.example" })), []);
  assert.deepEqual(traceWarnings(read({ [BASE]: "http://otel.example", ...headers })), [
    "The headers for the collector of traces travel unencrypted to otel.example",
  ]);
});

Deno.test("createConfig() takes the settings of traces, and what looks wrong with them", () => {
  const config = (variables: Variables) => createConfig({}, (name) => variables[name], undefined, "linux");
  assert.equal(config({ HOME: "/home/a" }).traces, undefined);
  const { traces, warnings } = config({ [BASE]: "http://otel.example", OTEL_EXPORTER_OTLP_HEADERS: "a=b" });
  assert.equal(traces?.endpoint, "http://otel.example/v1/traces");
  assert.equal(warnings.filter((line) => line.includes("unencrypted")).length, 1);
});

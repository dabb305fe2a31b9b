import assert from "node:assert/strict";
import { openTracing } from "../../src/cli/tracing.ts";
import { createConfig } from "../../src/config/config.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { noTracer } from "../../src/telemetry/tracer.ts";
import { startCollector } from "../support/collector.ts";
import { recordingLog } from "../support/recording_log.ts";

const configOf = (variables: Partial<Record<EnvironmentName, string>>) =>
  createConfig({}, (name) => variables[name], undefined, "linux");

Deno.test("openTracing() traces nothing where nobody asks for it", async () => {
  const log = recordingLog();
  const { tracer, close } = await openTracing(configOf({}), log, new Secrets());
  assert.equal(tracer, noTracer);
  await close();
  assert.deepEqual(log.lines, []);
});

Deno.test("openTracing() exports to the collector, and makes what is sent along a secret", async () => {
  await using collector = startCollector();
  const [log, secrets] = [recordingLog(), new Secrets()];
  const config = configOf({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: "x-key=planted-key-of-a-collector",
  });
  const { tracer, close } = await openTracing(config, log, secrets);
  await tracer.span({ name: "tools/list", attributes: {} }, () => Promise.resolve());
  await close();
  assert.deepEqual(collector.spans().map(({ name }) => name), ["tools/list"]);
  assert.equal(collector.requests[0]?.headers.get("x-key"), "planted-key-of-a-collector");
  assert.equal(secrets.hide("planted-key-of-a-collector"), "[redacted]");
  assert.deepEqual(log.lines, [`INFO: Exporting traces to 127.0.0.1:${collector.port}`]);
});

Deno.test({
  name: "openTracing() traces nothing, and says why, where the exporter may not read its variables",
  permissions: { env: false },
  async fn() {
    const log = recordingLog();
    const config = configOf({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel.example" });
    const { tracer, close } = await openTracing(config, log, new Secrets());
    assert.equal(tracer, noTracer);
    await close();
    assert.match(log.lines.join(), /^WARNING: Cannot export traces to "otel\.example": .*-P=serve or --allow-env$/);
  },
});

Deno.test({
  name: "openTracing() names the permission that the export lacks, and goes on",
  permissions: { env: true, net: false, read: true },
  async fn() {
    const log = recordingLog();
    const config = configOf({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
    const { tracer, close } = await openTracing(config, log, new Secrets());
    assert.equal(await tracer.span({ name: "tools/list", attributes: {} }, () => Promise.resolve(7)), 7);
    await close();
    assert.match(log.lines[1] ?? "", /without permission for it; add --allow-net=127\.0\.0\.1:9 to the deno command$/);
  },
});

import assert from "node:assert/strict";
import { parse } from "yaml";
import { isRecord } from "../../src/core/json.ts";
import { readProjectFile, valueAt } from "./deploy_files.ts";

const JOB = "webex-calling-mcp";

function alerts(): readonly unknown[] {
  const rules = valueAt(parse(readProjectFile("deploy/prometheus/alerts.yml")), "groups", 0, "rules");
  return Array.isArray(rules) ? rules : [];
}

/** The anchors that a page's headings have. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#{2,4} (.*)$/gm)].map(([, title = ""]) =>
    title.toLowerCase().replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-")
  );
}

Deno.test("Every alert leads to the section that says what to do", () => {
  const anchors = anchorsOf(readProjectFile("docs/operations.md"));
  assert.ok(alerts().length > 10);
  for (const alert of alerts()) {
    const [page, anchor = ""] = String(valueAt(alert, "annotations", "runbook")).split("#");
    assert.equal(page, "docs/operations.md");
    assert.ok(anchors.includes(anchor), anchor);
    assert.ok(["critical", "warning", "info"].includes(String(valueAt(alert, "labels", "severity"))));
  }
});

Deno.test("Every alert is about the job that Prometheus and the service monitor give the server", () => {
  for (const alert of alerts()) {
    const expression = String(valueAt(alert, "expr"));
    const jobs = [...expression.matchAll(/job="([^"]*)"/g)].map(([, job]) => job);
    assert.ok(jobs.length > 0 && jobs.every((job) => job === JOB), expression);
  }
  assert.ok(readProjectFile("deploy/prometheus/scrape.yml").includes(`job_name: ${JOB}\n`));
  const kustomization: unknown = parse(readProjectFile("deploy/kubernetes/base/kustomization.yaml"));
  assert.ok(isRecord(kustomization));
  assert.equal(valueAt(kustomization, "labels", 0, "pairs", "app.kubernetes.io/name"), JOB);
});

Deno.test("Links within docs/operations.md lead to its headings", () => {
  const page = readProjectFile("docs/operations.md");
  const anchors = anchorsOf(page);
  for (const [, anchor = ""] of page.matchAll(/\]\(#([^)]*)\)/g)) assert.ok(anchors.includes(anchor), anchor);
});

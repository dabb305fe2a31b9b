/**
 * Lets the official conformance tool check the server: a fixture of the real server with what the tool asks for by name,
 * which must pass everything that counts, and the shipped server, which may fail what is listed, and nothing else.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { type Expectations, readExpectations } from "./conformance/expectations.ts";
import { type Revision, REVISIONS } from "./conformance/revisions.ts";
import { tableText } from "./conformance/table.ts";
import { startTarget } from "./conformance/target.ts";
import { runTool } from "./conformance/tool.ts";
import { judge, type Tally } from "./conformance/verdict.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const FOLDER = `${ROOT}tests/conformance`;

/** So much of the tool's own words is shown where it fails, in characters. */
const MOST_OUTPUT = 2_000;

const USAGE = `Usage: deno task conformance [--fixture | --shipped] [--requirements REVISION]

Checks the server with the official conformance tool, in the revisions ${
  REVISIONS.map(({ name }) => name).join(" and ")
}.
`;

/** What can be checked. */
interface Subject {
  readonly name: string;
  /** How Deno starts it. */
  readonly args: readonly string[];
  /** Failures are listed. */
  readonly isExcused: boolean;
}

const FIXTURE: Subject = {
  name: "fixture",
  args: ["run", "--quiet", "-A", `${FOLDER}/fixture_server.ts`],
  isExcused: false,
};

const SHIPPED: Subject = {
  name: "shipped",
  args: [
    ...["run", "--quiet", "-P=serve", "--allow-net=127.0.0.1", `${ROOT}main.ts`],
    // The tool is one caller that sends in seconds what others send in minutes.
    ...["serve", "--http", "0", "--sandbox", "--no-audit", "--rate", "100000"],
  ],
  isExcused: true,
};

/** What is wanted. */
interface Wish {
  readonly subjects: readonly Subject[];
  readonly revisions: readonly Revision[];
}

/** How many runs are as expected. */
export interface ConformanceTotal {
  readonly passed: number;
  readonly failed: number;
}

const EVERYTHING: Wish = { subjects: [FIXTURE, SHIPPED], revisions: REVISIONS };

async function say(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(text));
}

function readArgs(args: readonly string[]): Wish | undefined {
  const options = {
    fixture: { type: "boolean" },
    shipped: { type: "boolean" },
    requirements: { type: "string" },
  } as const;
  try {
    const { fixture, shipped, requirements } = parseArgs({ args: [...args], options }).values;
    const revisions = REVISIONS.filter(({ name }) => requirements === undefined || requirements === name);
    if (revisions.length === 0 || (fixture === true && shipped === true)) return undefined;
    const subjects = fixture === true ? [FIXTURE] : shipped === true ? [SHIPPED] : EVERYTHING.subjects;
    return { subjects, revisions };
  } catch {
    return undefined;
  }
}

/** What one server did in one revision. */
interface Finding {
  readonly subject: Subject;
  readonly revision: Revision;
  readonly tallies: readonly Tally[];
  readonly problems: readonly string[];
}

async function check(subject: Subject, revision: Revision, url: string): Promise<Finding> {
  const path = `${FOLDER}/${revision.expectedFailures}`;
  const expected: Expectations = subject.isExcused ? readExpectations(await Deno.readTextFile(path)) : new Map();
  const { code, output, ...found } = await runTool({
    url,
    revision: revision.name,
    expectedFailures: subject.isExcused ? path : undefined,
  });
  const { tallies, problems } = judge({ revision, expected, ...found });
  // Where something else is wrong, the tool says the same in more words.
  const isSilent = code !== 0 && problems.length === 0;
  const ending = isSilent ? [`The tool ended with code ${code}:\n${output.slice(-MOST_OUTPUT)}`] : [];
  return { subject, revision, tallies, problems: [...problems, ...ending] };
}

/** A server that can't be checked is a failure in every revision, and no reason to say nothing of the others. */
async function checkAll(subject: Subject, revisions: readonly Revision[]): Promise<readonly Finding[]> {
  try {
    await using target = await startTarget(subject.args);
    const findings: Finding[] = [];
    for (const revision of revisions) findings.push(await check(subject, revision, target.url));
    return findings;
  } catch (error) {
    const problems = [`Cannot check it: ${error instanceof Error ? error.message : error}`];
    return revisions.map((revision) => ({ subject, revision, tallies: [], problems }));
  }
}

async function show(findings: readonly Finding[]): Promise<void> {
  for (const [{ name }, ofRevision] of Map.groupBy(findings, ({ revision }) => revision)) {
    const servers = ofRevision.map(({ subject, tallies }) => ({ name: subject.name, tallies }));
    await say(`\n${tableText(name, servers)}`);
  }
  for (const { subject, revision, problems } of findings) {
    for (const problem of problems) await say(`FAILED ${subject.name}, ${revision.name}: ${problem}\n`);
  }
}

/**
 * Checks servers, and shows how they did.
 *
 * @param wish Which, and in which revisions; by default all.
 * @returns How many runs, each of one server in one revision, are as expected.
 */
export async function runConformance({ subjects, revisions }: Wish = EVERYTHING): Promise<ConformanceTotal> {
  const findings: Finding[] = [];
  for (const subject of subjects) findings.push(...await checkAll(subject, revisions));
  await show(findings);
  const failed = findings.filter(({ problems }) => problems.length > 0).length;
  await say(`${failed === 0 ? "ok    " : "FAILED"} conformance\n`);
  return { passed: findings.length - failed, failed };
}

if (import.meta.main) {
  const wish = readArgs(Deno.args);
  if (wish === undefined) {
    await say(USAGE);
    Deno.exit(2);
  }
  const { failed } = await runConformance(wish);
  Deno.exit(failed === 0 ? 0 : 1);
}

import { encode } from "gpt-tokenizer/encoding/o200k_base";
import assert from "node:assert/strict";
import { estimateTokens, weigh } from "../../../src/tools/results/token_estimate.ts";
import { makeBench } from "../../sandbox/support.ts";

const COUNT = 300;

function rows(make: (index: number) => unknown): string {
  return JSON.stringify(Array.from({ length: COUNT }, (_, index) => make(index)));
}

/** Different digits each time, and the same in every run. */
function digits(index: number, base: number, length: number): string {
  let state = index * 2_654_435_761 % 4_294_967_296;
  let text = "";
  while (text.length < length) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    text += Math.floor(state / 65_536).toString(base);
  }
  return text.slice(0, length);
}

function uuid(index: number): string {
  return digits(index, 16, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const NAMES = {
  German: ["Jürgen Müller", "Käthe Weiß", "Zürich Hauptbahnhof", "Anna Schmidt"],
  Polish: ["Łukasz Żółkiewski", "Małgorzata Świątek", "Kraków"],
  Russian: ["Екатерина Смирнова", "Отдел продаж", "Москва, Тверская улица"],
  Greek: ["Γιώργος Παπαδόπουλος", "Αθήνα"],
  Arabic: ["محمد عبد الله", "فاطمة الزهراء", "قسم المبيعات"],
  Chinese: ["王小明", "上海市浦东新区销售部", "客户服务队列"],
  Japanese: ["山田太郎", "営業部 東京オフィス", "コールキュー"],
  Korean: ["김민수", "서울 영업부", "고객 지원 대기열"],
};

const SAMPLES: Record<string, string> = {
  "base64 ids": rows((index) => ({ id: btoa(`ciscospark://us/PEOPLE/${uuid(index)}`).replace(/=+$/, "") })),
  UUIDs: rows(uuid),
  "E.164 numbers": rows((index) => ({ phoneNumber: `+1408555${1000 + index}`, extension: String(1000 + index) })),
  "ISO dates": rows((index) => new Date(1_700_000_000_000 + index * 1_234_567).toISOString()),
  integers: rows((index) => index * 245_489),
  switches: rows((index) => ({ enabled: index % 2 === 0, callForwardingEnabled: false, number: null })),
  "mail addresses": rows((index) => `ann.example${index}@globex-corp.example.com`),
  "addresses of the API": rows((index) => `https://webexapis.com/v1/telephony/config/people/${uuid(index)}/voicemail`),
  constants: rows((index) => ["SIP_NATIONAL", "CALL_QUEUE", "TERMINATING", "VOICE_MESSAGING"][index % 4]),
  "MAC addresses": rows((index) => digits(index, 16, 12).toUpperCase()),
  CSV: Array.from(
    { length: COUNT },
    (_, index) => `2026-06-17T12:${10 + index % 50}:11.123Z,+1408555${1000 + index},${index},Ann Example,San Jose HQ`,
  ).join("\n"),
  prose: "An administrator can change the setting for each location; see the documentation for details. ".repeat(30),
  ...Object.fromEntries(
    Object.entries(NAMES).map(([language, names]) => [
      `${language} names`,
      rows((index) => ({ displayName: names[index % names.length] })),
    ]),
  ),
};

for (const [name, text] of Object.entries(SAMPLES)) {
  Deno.test(`estimateTokens() is 0.95 to 1.35 of o200k for ${name}`, () => {
    const ratio = estimateTokens(text) / encode(text).length;
    assert.ok(ratio >= 0.95 && ratio <= 1.35, `the ratio is ${ratio.toFixed(2)}`);
  });
}

Deno.test("estimateTokens() is 0.95 to 1.35 of o200k for what the sandbox answers", async () => {
  const { call } = makeBench();
  const window = "startTime=2026-06-17T06:00:00.000Z&endTime=2026-06-17T12:00:00.000Z";
  const paths = [
    "/people?max=20",
    "/locations",
    "/devices?max=20",
    "/telephony/config/numbers?max=40",
    "/workspaces?max=20",
  ];
  for (const path of [...paths, "/telephony/config/queues", `/cdr_feed?${window}`]) {
    const { body } = await call("GET", path);
    const text = JSON.stringify(body).slice(0, 30_000);
    const ratio = estimateTokens(text) / encode(text).length;
    assert.ok(ratio >= 0.95 && ratio <= 1.35, `the ratio of ${path} is ${ratio.toFixed(2)}`);
  }
});

Deno.test("estimateTokens() knows the empty text, and counts whole tokens", () => {
  assert.equal(estimateTokens(""), 0);
  assert.equal(estimateTokens("a"), Math.ceil(weigh("a")));
});

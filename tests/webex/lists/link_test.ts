import assert from "node:assert/strict";
import fc from "fast-check";
import { nextLink } from "../../../src/webex/lists/link.ts";

const CURRENT = new URL("https://webexapis.com/v1/people?displayName=Ann%20M&max=2&callingData=true");
const anywhere = () => true;
const samePath = (url: URL) => url.pathname === CURRENT.pathname;

function follow(header: string, current: string | URL = CURRENT, allowed: (url: URL) => boolean = anywhere): string {
  const { next, problem } = nextLink(header, new URL(current), allowed);
  assert.ok(next === undefined || problem === undefined);
  return next?.href ?? problem ?? "the end";
}

const LIST = "https://webexapis.com/v1/list";
const NEXT = `${LIST}?cursor=b`;

Deno.test("nextLink() answers nothing on the last page", () => {
  assert.deepEqual(nextLink(undefined, CURRENT, anywhere), {});
  for (
    const header of ["", `<${NEXT}>; rel="prev"`, `<${NEXT}>`, `<${NEXT}>; rel=nextish`, `<${NEXT}>; title="rel=next"`]
  ) {
    assert.equal(follow(header, LIST), "the end", header);
  }
});

Deno.test("nextLink() reads every way in which the header is written", () => {
  const headers = [
    `<${NEXT}>; rel="next"`,
    `<${NEXT}>;rel="next"`,
    `<<${NEXT}>;rel="next">`,
    `<<${NEXT}>>; rel=next`,
    `<<${NEXT}>;rel=next>`,
    `<${NEXT}>; REL="NEXT"`,
    `<${NEXT}>; rel='next'`,
    `<${NEXT}>; rel = "last next"`,
    `<${NEXT}>; rel="next`,
    ` < ${NEXT} > ; title="a, b; rel=prev" ; rel="next"; rel="prev"`,
    `<${LIST}?cursor=a>; rel="prev", <${NEXT}>; rel="next", <${LIST}?cursor=z>; rel="last"`,
    `<${LIST}?cursor=a>;rel="first",<${NEXT}>;rel="next"`,
    `<?cursor=b>; rel="next"`,
    `</v1/list?cursor=b>; rel="next"`,
    `<//webexapis.com/v1/list?cursor=b#part>; rel="next"`,
    `<https,${NEXT}>; rel="next"`,
    `<https,https,${NEXT}>; rel="next"`,
  ];
  for (const header of headers) assert.equal(follow(header, LIST), NEXT, header);
});

Deno.test("nextLink() keeps commas, semicolons and the spelling of the address", () => {
  const odd = `${LIST}?id=a,b;c&cursor=Zm9v+/%3D==&name=A%20B+C&flag`;
  assert.equal(follow(`<${odd}>; rel="next"`, `${LIST}?name=x`), odd);
  assert.equal(follow(`<${odd}>; rel="next"`, `${LIST}?max=5`), `${odd}&max=5`);
});

Deno.test("nextLink() drops max=null and brings lost filters back", () => {
  const link = (search: string) => `<https://webexapis.com/v1/people?${search}>; rel="next"`;
  const people = "https://webexapis.com/v1/people";
  assert.equal(follow(link("cursor=b&max=null")), `${people}?cursor=b&displayName=Ann%20M&max=2&callingData=true`);
  assert.equal(follow(link("max=9&cursor=b")), `${people}?max=9&cursor=b&displayName=Ann%20M&callingData=true`);
  assert.equal(follow(link("max=null"), people), people);
  assert.equal(follow(link("cursor=b"), `${people}?id=a&id=b&max=`), `${people}?cursor=b&id=a&id=b&max=`);
});

Deno.test("nextLink() leaves the place in the list to the link", () => {
  const current = `${LIST}?start=2&cursor=a&page=3&startTimeForNextFetch=x&totalCount=9&startTime=s&name=n`;
  assert.equal(follow(`<${LIST}?after=b>; rel="next"`, current), `${LIST}?after=b&startTime=s&name=n`);
});

Deno.test("nextLink() never leads to another origin", () => {
  const addresses = [
    "https://evil.example/v1/people",
    "https://webexapis.com.evil.example/v1/people",
    "https://webexapis.com@evil.example/v1/people",
    "https://user:word@webexapis.com/v1/people",
    "https://webexapis.com:8443/v1/people",
    "http://webexapis.com/v1/people",
    "//evil.example/v1/people",
    "\\\\evil.example\\v1\\people",
    "https,https://evil.example/v1/people",
    "https,http://webexapis.com/v1/people",
    "javascript:alert(1)",
    "data:text/plain,x",
    "file:///etc/passwd",
    "https://",
  ];
  for (const address of addresses) {
    const { next, problem } = nextLink(`<${address}>; rel="next"`, CURRENT, anywhere);
    assert.equal(next, undefined, address);
    assert.match(problem ?? "", /^Cannot follow the link to the next page: it /, address);
  }
  assert.match(follow("<http://webexapis.com/v1/people>;rel=next"), /without encryption$/);
  assert.match(follow("<>; rel=next"), /it holds no address$/);
  assert.match(follow("https://webexapis.com/v1/people?cursor=b; rel=next"), /it holds no address$/);
});

Deno.test("nextLink() resolves dot segments before it asks whether the path is allowed", () => {
  const others = [
    "../../people/me",
    "https://webexapis.com/v1/people/../organizations",
    "%2e%2e/v1/roles",
    "/v1/./people/%2E./me",
  ];
  for (const address of others) {
    assert.match(follow(`<${address}>; rel="next"`, CURRENT, samePath), /it leads to another path, "/, address);
  }
  assert.match(
    follow(`<./people?cursor=b>; rel="next"`, CURRENT, samePath),
    /^https:\/\/webexapis\.com\/v1\/people\?cursor=b&/,
  );
});

Deno.test("nextLink() takes any header without an exception and stays at the origin", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    ";",
    ",",
    '"',
    "'",
    " ",
    "rel",
    "=",
    "next",
    "https://",
    "evil.example",
    "/v1",
    "?a=%",
    "\\",
    "@",
    ":",
  );
  fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
    const { next } = nextLink(pieces.join(""), CURRENT, anywhere);
    assert.ok(next === undefined || next.origin === CURRENT.origin);
  }));
});

Deno.test("nextLink() is quick with a long header that is no link", () => {
  const started = performance.now();
  for (
    const text of [
      "<".repeat(50_000),
      '"'.repeat(50_000),
      ", <".repeat(20_000),
      `<a>${"; rel".repeat(9000)}`,
      " ".repeat(50_000),
    ]
  ) {
    nextLink(text, CURRENT, anywhere);
  }
  assert.ok(performance.now() - started < 1000);
});

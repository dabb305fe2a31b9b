/**
 * An upstream that answers at once, so that what is measured is the server before it.
 *
 * @module
 */

const BODY = JSON.stringify({
  items: [{ id: "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x", displayName: "Ada Lovelace", emails: ["ada@example.com"] }],
});

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => Deno.stderr.writeSync(new TextEncoder().encode(`Upstream at http://127.0.0.1:${port}\n`)),
}, () => new Response(BODY, { headers: { "content-type": "application/json" } }));

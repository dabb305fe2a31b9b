/**
 * An upstream that tells back whatever it was sent, token and body, in every place of an answer.
 *
 * @module
 */

import type { Received } from "./installation.ts";

/** How a request is answered. */
export type Echo =
  | "sandbox"
  | "json"
  | "escaped"
  | "text"
  | "page"
  | "redirect"
  | "link"
  | "region"
  | "drop"
  | "cut"
  | "hang"
  | number;

const JSON_TYPE = { "content-type": "application/json" };

function headersOf(token: string): Record<string, string> {
  return {
    "trackingid": `ROUTER_${token}`,
    "cisco-spark-error-codes": token,
    "www-authenticate": `Bearer ${token}`,
    "set-cookie": `session=${token}`,
    "x-authorization": `Bearer ${token}`,
  };
}

/** What serializers that write for web pages make of a text. */
function escaped(text: string): string {
  return JSON.stringify(text).replaceAll("/", "\\/").replace(/[=+&<>'a]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function failure(status: number, token: string, said: string): Response {
  const message = `Authorization: Bearer ${token} is not enough, access_token=${token}`;
  const errors = [{ description: `${token} sent ${said}`, errorCode: token, detail: { token } }];
  return Response.json({ message, errors, trackingId: `ROUTER_${token}`, error: { key: token, message: [token] } }, {
    status,
    headers: headersOf(token),
  });
}

/** An answer whose body breaks off after a token. */
function broken(token: string): Response {
  let begun = false;
  const body = new ReadableStream({
    pull(controller) {
      if (begun) return controller.error(new Error("Broken off"));
      begun = true;
      controller.enqueue(new TextEncoder().encode(`{"token": "${token}`));
    },
  });
  return new Response(body, { headers: JSON_TYPE });
}

/**
 * Answers a request.
 *
 * @param echo How.
 * @param received The request.
 * @param request The same request; its body is read.
 * @param foreign Another origin, which nothing should be sent to.
 * @returns The answer; `undefined` where the sandbox is to answer.
 */
export async function answerWith(
  echo: Echo,
  { token = "", path }: Received,
  request: Request,
  foreign: string,
): Promise<Response | undefined> {
  if (echo === "sandbox" || path === "/access_token" || path === "/people/me") return undefined;
  const said = await request.text();
  const headers = headersOf(token);
  if (typeof echo === "number") return failure(echo, token, said);
  switch (echo) {
    case "json":
      return Response.json({ items: [{ id: token, authorization: `Bearer ${token}`, said }], token }, { headers });
    case "escaped":
      return new Response(`{"items": [{"id": ${escaped(token)}}]}`, { headers: { ...headers, ...JSON_TYPE } });
    case "text":
      return new Response(`token,${token}\nsaid,${said}\n`, { headers: { ...headers, "content-type": "text/csv" } });
    case "page":
      return new Response(`<html><title>${token}</title>Bearer ${token}</html>`, {
        status: 403,
        headers: { ...headers, "content-type": "text/html" },
      });
    case "redirect":
      return new Response(token, {
        status: 307,
        headers: { ...headers, location: `${foreign}/?access_token=${token}` },
      });
    case "link":
      return Response.json({ items: [{ id: "1" }] }, {
        headers: { ...headers, link: `<${foreign}/people?token=${token}>; rel="next"` },
      });
    case "region":
      return Response.json({ message: `Call ${foreign}/v1/cdr_feed?token=${token}` }, { status: 451, headers });
    case "drop":
      throw new Error("Dropped");
    case "cut":
      return broken(token);
    case "hang":
      return await new Promise<never>((_, reject) =>
        request.signal.addEventListener("abort", () => reject(new Error()))
      );
  }
}

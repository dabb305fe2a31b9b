/**
 * Reports: ordered, made while they are asked for, and then downloaded as a file.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { type Answer, notFound } from "./answer.ts";
import { entriesOf } from "./crud.ts";
import { makeId } from "./ids.ts";
import { respond, respondList } from "./respond.ts";
import type { Item } from "./store.ts";
import { type Call, findItem, openCollection, pathOf } from "./world.ts";

/** Where the files are; below the address that the request came to. */
const DOWNLOADS = "/sandbox/downloads/";

function day(call: Call, ago: number): string {
  return new Date(call.world.clock.now() - ago * 86_400_000).toISOString().slice(0, 10);
}

/** `POST /reports` and `POST /partner/reports`. */
export function orderReport(call: Call): Answer {
  const { world, segments, serial } = call;
  const body: JsonObject = isJsonObject(call.body) ? call.body : {};
  const created = new Date(world.clock.now()).toISOString();
  const id = makeId("reports", `${pathOf(segments)}:${serial}`);
  const { doc } = world.store.add(pathOf(segments), "reports", id, {
    title: `Simulated report ${String(body.templateId ?? "")}`.trim(),
    service: "Webex Calling",
    startDate: body.startDate ?? day(call, 30),
    endDate: body.endDate ?? day(call, 1),
    siteList: body.siteList ?? "",
    created: created.slice(0, 19).replace("T", " "),
    createdBy: "API",
    scheduledFrom: "api",
    status: "initiated",
    polls: 0,
  }, true);
  return respond(call, { scope: {}, given: { ...doc, reportId: id, createdTime: created } });
}

function fileOf(call: Call, item: Item): string {
  return new URL(`${DOWNLOADS}${encodeURIComponent(item.id)}.csv`, call.url).href;
}

/** Reading a report moves it on; one that was there from the start is done. */
function advance(call: Call, item: Item): void {
  const polls = (typeof item.doc.polls === "number" ? item.doc.polls : call.world.jobPolls) + 1;
  const isDone = polls >= call.world.jobPolls;
  call.world.store.change(item, {
    polls,
    status: isDone ? "done" : "running",
    ...(isDone ? { downloadURL: fileOf(call, item) } : {}),
  });
}

/** `GET` of reports or of one report. */
export function readReports(call: Call): Answer {
  const { plan, world, segments } = call;
  if (plan.collection === undefined) throw notFound("Report");
  if (plan.role === "item") {
    const item = findItem(world, plan.collection, segments);
    advance(call, item);
    return respond(call, { scope: {}, given: item.doc, key: pathOf(segments), name: "reports", lean: item.created });
  }
  const path = openCollection(world, plan.collection, segments);
  const items = world.store.items(path);
  for (const item of items) if (!item.created) advance(call, item);
  return respondList(call, entriesOf(items, plan.collection), { scope: {}, name: "reports" });
}

/**
 * Serves a report's file.
 *
 * @param path The address's path.
 * @param find Finds a report by its identifier.
 * @returns The file, or `undefined` if the path is none of a file.
 */
export function downloadReport(path: string, find: (id: string) => Item | undefined): Answer | undefined {
  if (!path.startsWith(DOWNLOADS)) return undefined;
  const item = find(decodeURIComponent(path.slice(DOWNLOADS.length).replace(/\.csv$/, "")));
  const title: Json | undefined = item?.doc.title;
  if (item === undefined) throw notFound("Report");
  const rows = ["Date,Calls,Minutes", "2026-01-05,42,310", "2026-01-06,37,288"];
  return {
    status: 200,
    text: `\uFEFF${rows.join("\r\n")}\r\n`,
    headers: {
      "content-type": "text/csv;charset=UTF-8",
      "content-disposition": `attachment; filename="${encodeURIComponent(String(title ?? "report"))}.csv"`,
    },
  };
}

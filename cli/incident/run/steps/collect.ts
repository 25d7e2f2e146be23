import { failedOrders, type SavedOrder } from "../../bundle/failed-orders.ts";
import { writeFiles } from "../../bundle/bundle-files.ts";
import { jsonLines, jsonText } from "../../bundle/manifest.ts";
import { worldFiles } from "../../bundle/world.ts";
import { clocksOf } from "../../clocks/clocks.ts";
import { orderTraces } from "../../witness/order-traces.ts";
import { podLogs } from "../observe.ts";
import { journalText } from "../run-files.ts";
import { type Run, sessionOf } from "../run.ts";
import type { Findings } from "../run-phases.ts";

/** The agent sends within seconds; what it has not sent by then is late for a responder, too. */
const settleMs = 3_000;

/** Writes what a responder could see, and what was done, each into a folder of its own. */
export async function collect(run: Run): Promise<Findings> {
  const { memory, folder } = run;
  const files = new Map<string, string>();
  for (const [moment, objects] of Object.entries(memory.objects)) {
    files.set(`world/kubernetes/${moment}.json`, jsonText(JSON.parse(objects)));
  }
  if (memory.place !== undefined && memory.steadyFrom !== undefined) {
    await run.context.sleep(settleMs);
    const { namespace, access, frontEnd } = memory.place;
    const session = await sessionOf(run);
    const since = memory.steadyFrom;
    const window = { namespace, from: since, to: new Date().toISOString() };
    for (const [path, text] of await worldFiles(session, access, window)) files.set(path, text);
    const traces = orderTraces(await podLogs(session, namespace, { pods: "orders", since }));
    memory.traces = traces;
    const orders = await savedOrders(frontEnd);
    const failed = failedOrders(orders, traces, {
      ...(memory.ledgers["before"] && { before: memory.ledgers["before"] }),
      ...(memory.ledgers["after"] && { after: memory.ledgers["after"] }),
    });
    files.set("world/failed-orders.json", jsonText(failed));
  }
  for (const [path, text] of await truthFiles(run)) files.set(path, text);
  await writeFiles(folder, files);
  return { status: "met", problems: [], facts: { files: files.size } };
}

async function truthFiles(run: Run): Promise<ReadonlyMap<string, string>> {
  const { memory, options, start } = run;
  const { landed, witnessed, steady, evidence, samples, ledgers, checks, load } = memory;
  const clocks = landed === undefined ? {} : clocksOf(samples, landed);
  return new Map([
    ["truth/fault.json", jsonText({ ...options, start, landed, proven: witnessed, clocks })],
    ["truth/witness.json", jsonText({ steady, evidence })],
    ["truth/ledger.json", jsonText(ledgers)],
    ["truth/load.json", jsonText(load ?? null)],
    ["truth/preflight.json", jsonText(checks)],
    ["truth/samples.jsonl", jsonLines(samples)],
    ["truth/journal.jsonl", await journalText(run.folder)],
  ]);
}

const pageSize = 100;

/** All orders that the shop has saved, page by page; none where its API does not list them. */
async function savedOrders(frontEnd: string): Promise<SavedOrder[]> {
  const found: SavedOrder[] = [];
  for (let page = 0; ; page += 1) {
    const url = new URL(`orders/?page=${page}&size=${pageSize}`, frontEnd);
    const reply = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    const body = (await reply?.json().catch(() => undefined)) as Page | undefined;
    const orders = body?._embedded?.customerOrders ?? [];
    found.push(...orders.map(withoutCard));
    if (page + 1 >= (body?.page?.totalPages ?? 0)) return found;
  }
}

interface Page {
  readonly _embedded?: { readonly customerOrders?: readonly SavedOrder[] };
  readonly page?: { readonly totalPages?: number };
}

/** orders keeps the card in clear. */
function withoutCard(order: SavedOrder): SavedOrder {
  return "card" in order ? { ...order, card: "masked" } : order;
}

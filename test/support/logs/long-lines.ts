/**
 * Sends lines of one megabyte through the agent and into the stand-in, in one process and in memory, and
 * prints one JSON document: how much was sent, stored and needed. A program of its own, so that it can be
 * run with little memory: `node --max-old-space-size=<MiB> long-lines.ts <lines>`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { standIn } from "../../sandbox/datadog/stand-in.ts";
import { annotationOf } from "./agent-lines.ts";
import { openLogPath, orderText } from "./log-path.ts";

/** What containerd puts into one line of its file. */
const partBytes = 16 * 1024;
const lineBytes = 1024 * 1024;

/** A line of the length, in the parts that containerd writes; the first letters tell its number. */
function longLine(number: number): string {
  const text = orderText(number, new Date()).padEnd(lineBytes, ` 0123456789abcdef ${number}`);
  const cri = (tag: "P" | "F", from: number) =>
    `2027-01-05T10:00:00.${String(number).padStart(9, "0")}Z stdout ${tag} ` +
    `${text.slice(from, from + partBytes)}\n`;
  const parts = lineBytes / partBytes;
  return Array.from({ length: parts }, (_, part) =>
    cri(part === parts - 1 ? "F" : "P", part * partBytes),
  ).join("");
}

const lines = Number(process.argv[2]);
const on = standIn();
const dir = await mkdtemp(join(tmpdir(), "long-lines-"));
let mostHeap = 0;
const timer = setInterval(() => {
  mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
}, 20);
try {
  on.setNow(new Date().toISOString());
  const file = join(dir, "sock-shop_orders-1.log");
  for (let number = 0; number < lines; number++) {
    await writeFile(file, longLine(number), { flag: "a" });
  }
  const path = await openLogPath(on, dir, annotationOf("orders"));
  // The agent passes parts on from 256,000 bytes on, which are 16 parts: a megabyte is four events.
  await path.send(lines * 4);
  await on.service.ingestion.idle();
  // the agent counts a batch once the answer to it has come
  for (let turn = 0; turn < 100 && path.figures.logs < lines * 4; turn++) await sleep(50);
  const { bytes, logs, sentBytes, missed, refused } = path.figures;
  const stored = on.service.telemetry.logs.count();
  const { maxRSS } = process.resourceUsage();
  const needed = { mostHeapMiB: mostHeap / 2 ** 20, mostMiB: maxRSS / 1024 };
  console.log(JSON.stringify({ bytes, logs, sentBytes, missed, refused, stored, ...needed }));
} finally {
  clearInterval(timer);
  await on.app.close();
  await on.service.close();
  await rm(dir, { recursive: true });
}

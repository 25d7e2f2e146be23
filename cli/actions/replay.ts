import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  backtest,
  type Backtested,
  courseOf,
  differences,
  type Tried,
} from "../../simulation/history/backtest.ts";
import { type History, readHistory } from "../../simulation/history/history.ts";
import { readMonitors } from "../../simulation/history/read-monitors.ts";
import { type Context, print } from "../context/context.ts";
import { exitCodes, Failure } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { readBundle } from "../incident/bundle/bundle-files.ts";
import { printDocument } from "../json/print-document.ts";
import type { ReplayDocument } from "../json/schemas/run.ts";
import { declaredMonitors, monitorsAt } from "../replay/declared-monitors.ts";
import { junitText, markdownText } from "../replay/formats.ts";

interface ReplayRequest {
  readonly bundle: string;
  readonly stack: string;
  readonly monitors: string | undefined;
  readonly base: string | undefined;
  readonly junit: string | undefined;
  readonly markdown: string | undefined;
  readonly json: boolean;
}

/** Says what monitors would have done in the time of a bundle, and how that differs. */
export async function runReplay(request: ReplayRequest, context: Context): Promise<number> {
  const { bundle, monitors, base, junit, markdown, json } = request;
  const path = (name: string): string => resolve(context.root, name);
  const files = await readBundle(path(bundle));
  const history = understood(() => readHistory(files));
  const wanted = await wantedMonitors(monitors && path(monitors), context);
  const tried = await backtest(wanted, history);
  const changed = await changesOf(tried, { base, files, history, context });
  const unknown = tried.filter(({ why }) => why !== undefined).map(courseLine);
  if (junit !== undefined) await writeFile(path(junit), junitText(tried, changed));
  if (markdown !== undefined) await writeFile(path(markdown), markdownText(tried, changed));
  const ok = changed.length + unknown.length === 0;
  if (json) {
    printDocument<ReplayDocument>(context, {
      ok,
      bundle,
      comparedWith: base ?? "what was recorded",
      monitors: tried.map(({ name, intervals, minutes, why }) => ({
        name,
        intervals: intervals.map((one) => ({ ...one })),
        minutes: { ...minutes },
        why: why ?? null,
      })),
      differences: changed,
    });
  } else {
    for (const line of columns(
      tried.map((one) => [one.name, courseOf(one)]),
      "",
    )) {
      print(context, line);
    }
    for (const line of [...changed, ...unknown]) print(context, `! ${line}`);
    print(context, `${tried.length} monitors, ${changed.length} do something else`);
  }
  return ok ? exitCodes.ok : exitCodes.failed;
}

function courseLine(one: Backtested): string {
  return `${one.name}: ${courseOf(one)}`;
}

async function wantedMonitors(file: string | undefined, context: Context): Promise<Tried> {
  if (file === undefined) return await declaredMonitors(context.root, context);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new Failure(`cannot read ${file}`, { cause });
  });
  return { monitors: understood(() => readMonitors(text)) };
}

interface Comparison {
  readonly base: string | undefined;
  readonly files: ReadonlyMap<string, string>;
  readonly history: History;
  readonly context: Context;
}

/** Without a revision, the monitors that were there are replayed on the same data. */
async function changesOf(
  tried: readonly Backtested[],
  { base, files, history, context }: Comparison,
): Promise<string[]> {
  const recorded = files.get("world/monitors.json");
  const before =
    base === undefined
      ? { monitors: understood(() => readMonitors(recorded ?? "[]")) }
      : await monitorsAt(base, context);
  return differences(await backtest(before, history), tried);
}

/** An error of the data as one line for the user. */
function understood<Found>(read: () => Found): Found {
  try {
    return read();
  } catch (cause) {
    throw new Failure((cause as Error).message, { cause });
  }
}

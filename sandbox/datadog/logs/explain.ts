import type { Pipeline } from "../state.ts";
import type { LogEngine } from "./pipeline-engine.ts";
import { explainPipelines, type Processed, runPipelines } from "./pipeline.ts";
import type { RawLog, RawStore } from "./store/raw-store.ts";

/** A log as it came in, and what every processor of the pipelines of now did to it. */
export interface Explained extends Processed {
  readonly raw: RawLog["event"];
  readonly arrived: number;
}

/** How often a processor did what, over the logs that reached it. */
export interface StepFigures {
  readonly at: readonly string[];
  readonly type: string;
  readonly reached: number;
  readonly applied: number;
  /** Grok rules and categories, with the number of logs that they matched. */
  readonly matched: Readonly<Record<string, number>>;
  /** Why logs passed it unchanged, with their number. */
  readonly unchanged: Readonly<Record<string, number>>;
}

export interface PipelineFigures {
  /** Logs that were sent through the pipelines of now: the newest. */
  readonly logs: number;
  readonly steps: readonly StepFigures[];
}

/** Enough for a picture of what is going on, few enough for an answer within a second. */
const sample = 500;

export async function explainLog(
  raw: RawLog,
  pipelines: readonly Pipeline[],
  engine: LogEngine,
): Promise<Explained> {
  const processed = await explainPipelines(pipelines, raw.event, engine, raw.arrived);
  return { raw: raw.event, arrived: raw.arrived, ...processed };
}

/** What the declared pipelines do with the newest logs. */
export async function pipelineFigures(
  store: RawStore,
  pipelines: readonly Pipeline[],
  engine: LogEngine,
): Promise<PipelineFigures> {
  const raw = store.newest(sample);
  const events = raw.map(({ event }) => event);
  const processed = await runPipelines(pipelines, events, engine, raw[0]?.arrived ?? 0);
  return { logs: raw.length, steps: figuresOf(processed) };
}

interface Counted {
  readonly at: readonly string[];
  readonly type: string;
  reached: number;
  applied: number;
  readonly matched: Map<string, number>;
  readonly unchanged: Map<string, number>;
}

/** The steps of many logs by processor, in the order in which logs reach them. */
export function figuresOf(processed: readonly Processed[]): readonly StepFigures[] {
  const all = new Map<string, Counted>();
  for (const { at, type, effect, matched } of processed.flatMap(({ steps }) => steps)) {
    const key = JSON.stringify([at, type]);
    const none = { at, type, reached: 0, applied: 0, matched: new Map(), unchanged: new Map() };
    const counted: Counted = all.get(key) ?? none;
    all.set(key, counted);
    counted.reached += 1;
    if (effect === "applied") counted.applied += 1;
    else count(counted.unchanged, effect);
    if (matched !== undefined) count(counted.matched, matched);
  }
  return [...all.values()].map(({ matched, unchanged, ...rest }) => ({
    ...rest,
    matched: Object.fromEntries(matched),
    unchanged: Object.fromEntries(unchanged),
  }));
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

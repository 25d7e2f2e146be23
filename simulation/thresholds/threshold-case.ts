import type { Scenario } from "../timeline/scenario.ts";
import { outcomes } from "../timeline/shop-lines.ts";

/** What happens, in the shortest words; a time is `<minute>:<second>`. */
export interface Story {
  /** `9:59 2 placed 1 declined, 12:05 1 payment-error`: attempts to order, hardly apart. */
  readonly orders?: string;
  /** `0:00 1/1, 5:00 0/1`: available and desired pods of payment, and as many addresses. */
  readonly pods?: string;
  /** How long it lasts, in minutes. */
  readonly minutes?: number;
  /** A front-end that answers the orders of one moment late: `10:05 45s`. */
  readonly answered?: string;
  /** `5:00 6:00`: from when to when the load Job's pod is there. */
  readonly load?: string;
  /** When the pod of the load Job has completed. */
  readonly completes?: string;
  /** `9:00 20, 10:00 1`: lines of orders that no rule knows, two seconds apart. */
  readonly unknownLines?: string;
  /** `5:01 15:00 cluster-agent`: an agent that sends nothing for a time. */
  readonly silent?: string;
  /** `10:00 10:15 CRITICAL`: what the agent of node-1 says of itself. */
  readonly unwell?: string;
  readonly noAddress?: "zero";
  readonly images?: Scenario["images"];
}

/** A monitor on the two sides of one of its thresholds: a step before it, and a step beyond. */
export interface ThresholdCase {
  readonly before: Side;
  readonly beyond: Side;
  /** Why no signal gets beyond the threshold; `beyond` then is as far as signals go. */
  readonly unreachable?: string;
}

interface Side {
  readonly story: Story;
  /** Every change of status but the first to OK, as `<minute> <status>`. */
  readonly goes: readonly string[];
}

/** Cases by the monitor's key and by the name that `caseNames` gives them. */
export type ThresholdCases = Readonly<Record<string, Readonly<Record<string, ThresholdCase>>>>;

/** A case: story and changes before the threshold, then story and changes beyond it. */
export function thresholdCase(
  before: Story,
  goesBefore: readonly string[],
  beyond: Story,
  goesBeyond: readonly string[],
): ThresholdCase {
  return {
    before: { story: before, goes: goesBefore },
    beyond: { story: beyond, goes: goesBeyond },
  };
}

const gapMs = 10;

/** The scenario of a story, for the simulator. */
export function scenarioOf(name: string, story: Story): Scenario {
  const { minutes = 45, images = "weave", noAddress = "no series" } = story;
  return {
    name,
    title: name,
    mode: name,
    start: "2027-01-05T10:00:00Z",
    lasts: minutes * 60_000,
    lag: { logs: 0, metrics: 0 },
    images,
    noAddress,
    orders: ordersOf(story),
    checkout: [],
    payment: payment(story.pods ?? "0:00 0/0"),
    prints: list(story.unknownLines).map(([from = "", count]) => {
      const start = millis(from) - 1000;
      return { from: start, to: start + Number(count) * 2000, every: 2000, text: "unknown line" };
    }),
    silent: list(story.silent).map(([from = "", to = "", agent]) => {
      return { from: millis(from), to: millis(to), agents: [agent as "cluster-agent"] };
    }),
    unwell: list(story.unwell).map(([from = "", to = "", status]) => {
      const reported = status as "CRITICAL" | "WARNING";
      return { from: millis(from), to: millis(to), agent: "node-1", status: reported };
    }),
    ...loadOf(story),
    expect: {},
  };
}

function ordersOf({ orders, answered }: Story): Scenario["orders"] {
  const late = new Map(list(answered).map(([time, wait = ""]) => [time, Number.parseInt(wait)]));
  return list(orders).flatMap(([time = "", ...rest]) => {
    const ends = rest.flatMap((word, index) =>
      Array.from({ length: Number(word) || 0 }, () => outcomeOf(rest[index + 1])),
    );
    const seconds = late.get(time);
    return ends.map((one, index) => ({
      at: millis(time) + index * gapMs,
      ends: one,
      ...(seconds !== undefined && { answered: seconds * 1000 }),
    }));
  });
}

function outcomeOf(word: string | undefined) {
  const found = outcomes.find((outcome) => outcome === word);
  if (found === undefined) throw new Error(`no order ends as "${word ?? ""}"`);
  return found;
}

function payment(pods: string): Scenario["payment"] {
  return list(pods).map(([from = "", counts = ""]) => {
    const [available = 0, desired = 0] = counts.split("/").map(Number);
    return { from: millis(from), available, desired };
  });
}

function loadOf({ load, completes }: Story): Pick<Scenario, "load"> {
  const [[from = "", to = ""] = []] = list(load);
  if (load === undefined) return {};
  const done = completes === undefined ? {} : { completes: millis(completes) };
  return { load: { from: millis(from), to: millis(to), ...done } };
}

function list(text = ""): readonly (readonly string[])[] {
  return text === "" ? [] : text.split(", ").map((part) => part.split(" "));
}

function millis(time: string): number {
  const [minutes = "", seconds = ""] = time.split(":");
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

import type { Mark } from "../clocks/clocks.ts";
import type { LoadSequence, RunResult } from "../run/result.ts";

/** A table of a report. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A part of a report, the same in HTML and in Markdown. */
export interface Section {
  readonly title: string;
  readonly text?: readonly string[];
  readonly table?: Table;

  /** File of the bundle that the section is read from. */
  readonly source?: string;

  /** Whether it says what was staged: left out for responders. */
  readonly truth: boolean;
}

/** What the first screen answers. */
export function headline(result: RunResult): readonly (readonly [string, string])[] {
  const { verdict, clocks, restoredBy, orders } = result;
  return [
    ["Valid?", verdict === "valid" ? "valid" : `${verdict}: ${firstProblem(result)}`],
    ["Detected after", after(clocks.detected)],
    ["Restored after", `${after(clocks.mitigated)}${clocks.mitigated ? "" : ` (${restoredBy})`}`],
    ["Orders again after", after(clocks.recovered)],
    ["Orders lost", orders === undefined ? "not measured" : `${orders.failed} of ${orders.tried}`],
    [
      "Money taken for nothing",
      orders === undefined
        ? "not measured"
        : `${orders.lost + orders.paidButFailed + orders.paidNotShipped} orders, ` +
          `${orders.duplicated} taken twice`,
    ],
  ];
}

function firstProblem({ outcomes }: RunResult): string {
  return outcomes.flatMap(({ problems }) => problems)[0] ?? "no reason was noted";
}

function after(mark: Mark | undefined): string {
  return mark === undefined ? "not within the run" : `${mark.seconds} s, by ${mark.by}`;
}

/** All parts of a report, in order. */
export function sectionsOf(result: RunResult, facts: ReportFacts): Section[] {
  return [
    timeLine(result),
    monitors(facts),
    ordersByOutcome(result),
    expectations(result),
    witness(result),
    money(result),
    {
      title: "What was not measured",
      text: result.notMeasured.length === 0 ? ["Nothing was left out."] : result.notMeasured,
      truth: false,
    },
  ];
}

/** A monitor that alerted, and until when; absent where it still did at the last look. */
export interface Alerted {
  readonly name: string;
  readonly since: string;
  readonly until?: string;
}

/** The states of one monitor, one after the other. */
export interface Course {
  readonly name: string;
  readonly parts: readonly { readonly state: string; readonly from: string; readonly to: string }[];
}

/** What a report needs beside the result. */
export interface ReportFacts {
  /** Monitors that alerted. */
  readonly alerts: readonly Alerted[];

  /** What each monitor was over time, in the order of their names. */
  readonly monitors: readonly Course[];

  /** Orders by time, each step since the one before. */
  readonly orders: readonly {
    readonly at: string;
    readonly placed: number;
    readonly failed: number;
  }[];

  /** Seconds of each phase by its name. */
  readonly phases: readonly {
    readonly phase: string;
    readonly status: string;
    readonly start: string;
    readonly seconds: number;
  }[];
}

function timeLine({ landed, proven, clocks }: RunResult): Section {
  const moments: [string | undefined, string][] = [
    [landed, "the fault is there"],
    [proven, "the fault is proven"],
    [clocks.detected?.at, `detected by ${clocks.detected?.by ?? ""}`],
    [clocks.mitigated?.at, `restored: ${clocks.mitigated?.by ?? ""}`],
    [clocks.recovered?.at, clocks.recovered?.by ?? ""],
  ];
  const rows = moments
    .flatMap(([at, what]) => (at === undefined ? [] : [[at, what]]))
    .sort(([one = ""], [other = ""]) => one.localeCompare(other));
  return {
    title: "Time line",
    table: { head: ["UTC", "what"], rows },
    source: "truth/samples.jsonl",
    truth: true,
  };
}

function monitors({ alerts }: ReportFacts): Section {
  const rows = alerts.map(({ name, since, until = "the end of the run" }) => [since, until, name]);
  return rows.length === 0
    ? { title: "Monitors", text: ["No monitor that notifies alerted."], truth: false }
    : {
        title: "Monitors",
        table: { head: ["alerts since", "until", "monitor"], rows },
        source: "world/monitors.json",
        truth: false,
      };
}

function ordersByOutcome({ orders }: RunResult): Section {
  const title = "Orders by outcome";
  if (orders === undefined) return { title, text: ["Not measured."], truth: false };
  const { tried, placed, failed, declined } = orders;
  const rows = Object.entries({ tried, placed, failed, declined }).map(([name, count]) => [
    name,
    String(count),
  ]);
  return {
    title,
    table: { head: ["outcome", "orders"], rows },
    source: "truth/ledger.json",
    truth: false,
  };
}

/** The outcomes that the runbook expects, each with what was observed. */
function expectations(result: RunResult): Section {
  return {
    title: "Expected against observed",
    table: {
      head: ["expected", "observed", "evidence"],
      rows: [...expectedDuring(result), ...expectedAfter(result)].map(([what, is, found]) => [
        what,
        is ? "yes" : "no",
        found,
      ]),
    },
    source: "truth/witness.json",
    truth: true,
  };
}

type Expected = readonly [what: string, is: boolean, found: string];

function isMet({ outcomes }: RunResult, phase: string): boolean {
  return outcomes.find((one) => one.phase === phase)?.status === "met";
}

function expectedDuring(result: RunResult): Expected[] {
  const { evidence } = result;
  const cluster = evidence?.cluster;
  const requests = evidence?.requests.length ?? 0;
  return [
    ["the shop is healthy before", isMet(result, "steady"), "truth/witness.json"],
    ["the fault is in the cluster", cluster !== undefined, cluster ?? "not seen"],
    ["orders fail because of it", requests > 0, `${requests} requests`],
    ["login, catalogue and cart go on", controlsHold(result), "truth/witness.json"],
  ];
}

function expectedAfter(result: RunResult): Expected[] {
  const { clocks, restoredBy } = result;
  const { detected, mitigated, recovered } = clocks;
  return [
    ["a monitor notifies", detected !== undefined, detected?.by ?? "none"],
    ["the fault is ended", mitigated !== undefined, restoredBy],
    ["new orders are placed", recovered !== undefined, recovered?.at ?? "none"],
    ["failed orders are exported", isMet(result, "collect"), "world/failed-orders.json"],
  ];
}

function controlsHold({ evidence }: RunResult): boolean {
  const controls = evidence?.controls ?? [];
  return controls.length === 3 && controls.every(({ problem }) => problem === undefined);
}

function witness({ evidence, landed, proven, load, options }: RunResult): Section {
  const title = "Proofs of the fault";
  if (evidence === undefined) return { title, text: ["The run did not come to it."], truth: true };
  const rows = [
    ["Kubernetes", evidence.cluster ?? "shows no fault"],
    ["orders", `${evidence.requests.length} requests, first trace ${evidence.requests[0] ?? "-"}`],
    ...evidence.controls.map(({ name, problem }) => [`control: ${name}`, problem ?? "works"]),
    ["declines, counted apart", String(evidence.declined)],
    ["landed, proven", `${landed ?? "-"}, ${proven ?? "-"}`],
    ["orders of the load", load === undefined ? "none" : loadText(load, options.seed)],
  ];
  return {
    title,
    table: { head: ["channel", "what it says"], rows },
    source: "truth/witness.json",
    truth: true,
  };
}

function loadText({ customers, sequence }: LoadSequence, seed: number): string {
  return `${customers} customers by seed ${seed}, SHA-256 ${sequence}`;
}

function money({ orders }: RunResult): Section {
  const title = "Money";
  if (orders === undefined) return { title, text: ["Not measured."], truth: false };
  const rows = [
    ["taken, no order saved", String(orders.lost)],
    ["taken, order saved as failed", String(orders.paidButFailed)],
    ["taken, order saved, nothing shipped", String(orders.paidNotShipped)],
    ["taken or saved more than once", String(orders.duplicated)],
  ];
  return {
    title,
    table: { head: ["what", "orders"], rows },
    source: "truth/ledger.json",
    truth: false,
  };
}

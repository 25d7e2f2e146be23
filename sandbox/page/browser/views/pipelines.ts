import { get, messageOf } from "../api/client.ts";
import { element, foreign } from "../dom/element.ts";
import { repeat, update } from "../dom/refresh.ts";
import { type Cell, facts, table } from "../dom/table.ts";
import type { Page, View } from "../view.ts";

export const pipelinesPage: Page = { title: "Log pipelines", draw };

const everyMs = 5000;

interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly is_enabled: boolean;
  readonly filter?: { readonly query?: string };
  readonly processors: readonly unknown[];
}

interface Figures {
  readonly logs: number;
  readonly steps: readonly {
    readonly at: readonly string[];
    readonly type: string;
    readonly reached: number;
    readonly applied: number;
    readonly matched: Readonly<Record<string, number>>;
    readonly unchanged: Readonly<Record<string, number>>;
  }[];
}

interface Intake {
  readonly logs: number;
  readonly waiting: number;
  readonly accepted: number;
  readonly unparsed: number;
  readonly excluded: number;
  readonly repeated: number;
  readonly refused: number;
  readonly notRun: readonly {
    readonly at: readonly string[];
    readonly type: string;
    readonly why: string;
  }[];
  readonly newestUnparsed: readonly {
    readonly at: string;
    readonly why: string;
    readonly message: string;
  }[];
}

interface LogsMetric {
  readonly id: string;
  readonly attributes: { readonly filter?: { readonly query?: string } };
}

/** The pipelines, what each of their rules matched, what does not run, and what is counted. */
function draw({ place, signal }: View): void {
  const body = element("div");
  place.append(body);
  const look = async (): Promise<void> => {
    const [pipelines, figures, intake, metrics] = await Promise.all([
      get<readonly Pipeline[]>("/api/v1/logs/config/pipelines", signal),
      get<Figures>("/sandbox/pipelines", signal),
      get<Intake>("/sandbox/logs", signal),
      get<{ data: readonly LogsMetric[] }>("/api/v2/logs/config/metrics", signal),
    ]);
    update(
      body,
      ...pipelineSections(pipelines, figures),
      ...intakeSections(intake),
      element("h2", {}, "Log-based metrics"),
      tableOrNone(
        "Log-based metrics",
        ["Metric", "Counts"],
        metrics.data.map(({ id, attributes }) => [
          foreign(id),
          element("code", {}, foreign(attributes.filter?.query ?? "*")),
        ]),
      ),
    );
  };
  repeat(
    everyMs,
    () =>
      look().catch((error: unknown) => {
        if (!signal.aborted)
          update(body, element("p", { class: "problem" }, foreign(messageOf(error))));
      }),
    signal,
  );
}

function pipelineSections(
  pipelines: readonly Pipeline[],
  { logs, steps }: Figures,
): readonly Node[] {
  if (pipelines.length === 0) return [element("p", {}, "No pipeline is declared.")];
  return [
    element("p", {}, `Counted over the newest ${logs} logs, with the pipelines of now.`),
    ...pipelines.flatMap(({ name, is_enabled: isOn, filter }) => {
      const own = steps.filter(({ at }) => at[0] === name);
      const heads = ["Step", "Type", "Reached", "Applied", "Matched", "Unchanged"];
      const rows = own.map((step): readonly Cell[] => [
        foreign(step.at.slice(1).join(" > ")),
        step.type,
        String(step.reached),
        String(step.applied),
        countList(step.matched),
        countList(step.unchanged),
      ]);
      return [
        element("h2", {}, foreign(name), isOn ? "" : " (disabled)"),
        element("p", {}, "Takes ", element("code", {}, foreign(filter?.query ?? "*"))),
        tableOrNone("Steps", heads, rows),
      ];
    }),
  ];
}

function countList(counts: Readonly<Record<string, number>>): HTMLElement {
  const items = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return element(
    "ul",
    { class: "changes" },
    ...items.map(([name, count]) => element("li", {}, `${count} × `, foreign(name))),
  );
}

function intakeSections(intake: Intake): readonly Node[] {
  return [
    element("h2", {}, "Intake"),
    facts([
      ["Kept", String(intake.logs)],
      ["Waiting", String(intake.waiting)],
      ["Accepted since the start", String(intake.accepted)],
      ["Left out by an index", String(intake.excluded)],
      ["Batches that came again", String(intake.repeated)],
      ["Refused", String(intake.refused)],
    ]),
    element("h2", {}, "Processors not run"),
    tableOrNone(
      "Processors not run",
      ["Step", "Type", "Why"],
      intake.notRun.map(({ at, type, why }) => [foreign(at.join(" > ")), type, foreign(why)]),
    ),
    element("h2", {}, `Logs that were not parsed: ${intake.unparsed}`),
    tableOrNone(
      "Logs that were not parsed",
      ["Time", "Why", "Message"],
      intake.newestUnparsed.map(({ at, why, message }) => [at, foreign(why), foreign(message)]),
    ),
  ];
}

function tableOrNone(
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): HTMLElement {
  return rows.length === 0 ? element("p", {}, "None.") : table(label, heads, rows);
}

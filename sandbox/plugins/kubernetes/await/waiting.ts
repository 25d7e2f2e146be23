import { setTimeout as sleep } from "node:timers/promises";
import { isNotFound, oneLine } from "../api/api-error.ts";
import { refOf, type Cluster } from "../api/cluster.ts";
import {
  generationOf,
  kindOf,
  nameOf,
  namespaceOf,
  stringAt,
  uidOf,
  type ApiKind,
  type KubeObject,
} from "../objects/kube-object.ts";
import type { ObjectWatch } from "./object-watch.ts";
import type { AwaitResult, View } from "./await-result.ts";

/** How waiting ended without success. */
export class AwaitError extends Error {
  override readonly name = "AwaitError";

  /** One line each, the first one a summary. */
  readonly reasons: readonly string[];

  /** The object as last seen. */
  readonly object: KubeObject;

  constructor(object: KubeObject, reasons: readonly string[]) {
    super(reasons.join("; "));
    this.object = object;
    this.reasons = reasons;
  }
}

const RETRY_MS = 500;

export interface AwaitTask {
  /** As the server answered the create, update or delete. */
  readonly object: KubeObject;

  /** The object before the update. */
  readonly before?: KubeObject;
  readonly timeoutMs: number;

  /** Aborted when the user cancelled the update. */
  readonly signal: AbortSignal;

  /** Takes each new progress line. */
  readonly report: (message: string) => void;
}

export interface Goal {
  readonly related: readonly ApiKind[];
  readonly judge: (view: View) => AwaitResult;

  /** Whether the object's absence is what is waited for. */
  readonly goneIsDone?: boolean;
  readonly passesAtTimeout?: (view: View) => boolean;

  /** What was waited for, as in "timed out waiting to be ready". */
  readonly verb: string;
}

/** Waits until the goal is met; answers the object as it is then. */
export async function awaitGoal(
  cluster: Cluster,
  task: AwaitTask,
  goal: Goal,
): Promise<KubeObject> {
  const namespace = namespaceOf(task.object);
  const kinds = [kindOf(task.object), ...goal.related];
  const watches = await Promise.all(
    kinds.map(async (kind) => [kind.kind, await cluster.watch(kind, namespace)] as const),
  );
  const waiting = new Waiting(cluster, task, goal, new Map(watches));
  return await waiting.run();
}

class Waiting {
  readonly #cluster: Cluster;
  readonly #task: AwaitTask;
  readonly #goal: Goal;
  readonly #watches: ReadonlyMap<string, ObjectWatch>;
  #last: KubeObject;
  #result: AwaitResult = { state: "pending", message: "", problems: [] };
  #confirming: "no" | "yes" | "again" = "no";
  #isSettled = false;

  constructor(
    cluster: Cluster,
    task: AwaitTask,
    goal: Goal,
    watches: ReadonlyMap<string, ObjectWatch>,
  ) {
    this.#cluster = cluster;
    this.#task = task;
    this.#goal = goal;
    this.#watches = watches;
    this.#last = task.object;
  }

  async run(): Promise<KubeObject> {
    const { signal, timeoutMs } = this.#task;
    const stops: (() => void)[] = [];
    try {
      return await new Promise<KubeObject>((resolve, reject) => {
        const settle = { resolve, reject };
        const timer = setTimeout(() => {
          this.#atTimeout(settle);
        }, timeoutMs);
        const cancel = () => {
          reject(this.#error(`the operation on "${nameOf(this.#last)}" was cancelled`));
        };
        signal.addEventListener("abort", cancel);
        stops.push(() => {
          clearTimeout(timer);
          signal.removeEventListener("abort", cancel);
        });
        if (signal.aborted) cancel();
        stops.push(...this.#subscribe(settle));
      });
    } finally {
      this.#isSettled = true;
      for (const stop of stops) stop();
    }
  }

  #subscribe(settle: Settle): (() => void)[] {
    const subscriber = {
      changed: () => {
        this.#check(settle);
      },
      refused: (error: Error) => {
        settle.reject(this.#error(`cannot watch "${nameOf(this.#last)}": ${oneLine(error)}`));
      },
    };
    const stops = [...this.#watches.values()].map((watch) => watch.subscribe(subscriber));
    this.#check(settle);
    return stops;
  }

  #check(settle: Settle): void {
    if (![...this.#watches.values()].every((watch) => watch.isSynced())) return;
    const { object, report } = this.#task;
    const own = this.#watches.get(kindOf(object).kind);
    const found = own?.objects().find((it) => uidOf(it) === uidOf(object));
    if (found === undefined) {
      void this.#confirmGone(settle);
      return;
    }
    if (!this.#goal.goneIsDone && isOlder(found, object)) return;
    // Items of a list come without kind and apiVersion.
    this.#last = { ...kindOf(object), ...found };
    const result = this.#goal.judge(this.#view());
    if (result.state === "done") settle.resolve(this.#last);
    if (result.message !== this.#result.message) report(result.message);
    this.#result = result;
    if (result.state === "failed") {
      settle.reject(this.#error(`"${nameOf(object)}" failed to ${this.#goal.verb}`));
    }
  }

  /** Absent from the watch may also mean: not yet there. Only the server can tell. */
  async #confirmGone(settle: Settle): Promise<void> {
    if (this.#confirming !== "no") {
      this.#confirming = "again";
      return;
    }
    this.#confirming = "yes";
    const isGone = await this.#isGone();
    if (isGone === true) this.#gone(settle);
    const asksAgain = isGone === "unknown" || this.#hasChangedMeanwhile();
    this.#confirming = "no";
    if (asksAgain) this.#check(settle);
  }

  /** Unknown while the server does not answer: no event may follow, so the caller asks again. */
  async #isGone(): Promise<boolean | "unknown"> {
    try {
      const current = await this.#cluster.get(refOf(this.#task.object));
      return uidOf(current) !== uidOf(this.#task.object);
    } catch (error) {
      if (isNotFound(error)) return true;
      await sleep(RETRY_MS);
      return this.#isSettled ? false : "unknown";
    }
  }

  #hasChangedMeanwhile(): boolean {
    return this.#confirming === "again";
  }

  #gone(settle: Settle): void {
    if (this.#goal.goneIsDone) settle.resolve(this.#last);
    else settle.reject(this.#error(`"${nameOf(this.#last)}" was deleted by somebody else`));
  }

  #atTimeout(settle: Settle): void {
    if (this.#goal.passesAtTimeout?.(this.#view()) === true) settle.resolve(this.#last);
    else {
      const { verb } = this.#goal;
      settle.reject(this.#error(`"${nameOf(this.#last)}" timed out waiting to ${verb}`));
    }
  }

  #error(summary: string): AwaitError {
    return new AwaitError(this.#last, [summary, ...this.#result.problems]);
  }

  #view(): View {
    const { before } = this.#task;
    const others = (kind: string) => this.#watches.get(kind)?.objects() ?? [];
    return { object: this.#last, others, ...(before === undefined ? {} : { before }) };
  }
}

interface Settle {
  readonly resolve: (object: KubeObject) => void;
  readonly reject: (error: Error) => void;
}

/** Whether the watch still shows the object as it was before our write. */
function isOlder(seen: KubeObject, written: KubeObject): boolean {
  const version = (it: KubeObject) => Number(stringAt(it, "metadata", "resourceVersion"));
  return generationOf(seen) < generationOf(written) || version(seen) < version(written);
}

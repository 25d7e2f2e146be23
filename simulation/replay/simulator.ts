import { createLogEngine, type LogEngine } from "../../sandbox/datadog/logs/pipeline-engine.ts";
import { createVrlWorker } from "../../sandbox/datadog/vrl/worker.ts";
import { type Declared, declaredStack } from "../declared/declared.ts";
import { record, recordHistory, type Recording } from "./recording.ts";
import { changes, replay, type Replayed } from "./replay.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { startOf } from "../timeline/timeline.ts";
import { passingOutcomes, recordShop, type ShopLines } from "../timeline/shop-lines.ts";

type Synthetics = "none" | "private";

/** Whether a scenario's stack declares the synthetic checkout. */
export function syntheticsOf({ checkout }: Scenario): Synthetics {
  return checkout.length > 0 ? "private" : "none";
}

/** Replays scenarios on what the stack declares. */
export interface Simulator {
  /** What the stack with these images declares; with `private`, the synthetic checkout, too. */
  declared(images: Scenario["images"], synthetics?: Synthetics): Promise<Declared>;
  /** The signals of a scenario; made once. */
  recording(scenario: Scenario): Promise<Recording>;
  /** What all monitors do in a scenario; replayed once. */
  replayed(scenario: Scenario): Promise<Replayed>;
  /** The changes of one monitor in a scenario, as one text. */
  changes(scenario: Scenario, key: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param python - interpreter of an environment that has pyvrl
 * @param config - configuration of the stack beside its images
 */
export function createSimulator(
  python: string,
  config: Readonly<Record<string, string>> = {},
): Simulator {
  const worker = createVrlWorker({ python });
  const engine: LogEngine = createLogEngine(worker);
  const stacks = new Map<string, Promise<Declared>>();
  const shops = new Map<string, Promise<ShopLines>>();
  const histories = new Map<string, ReturnType<typeof recordHistory>>();
  const recordings = new Map<string, Promise<Recording>>();
  const once = <T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>) => {
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  };
  const replays = new Map<string, Promise<Replayed>>();
  const declared = (images: string, synthetics: Synthetics = "none") =>
    once(stacks, `${images} ${synthetics}`, () =>
      declaredStack(images, synthetics, "messages", config),
    );
  const passing = new Map<string, Promise<ReadonlySet<string>>>();
  const recording = (scenario: Scenario) =>
    once(recordings, scenario.name, async () => {
      const { images, start, history: orders } = scenario;
      const shop = await once(shops, images, () => recordShop(images));
      const stack = await declared(images, syntheticsOf(scenario));
      const { checkout } = stack;
      const passes =
        checkout && (await once(passing, images, () => passingOutcomes(images, checkout.config)));
      const history = await once(histories, JSON.stringify([images, start, orders]), () =>
        recordHistory(scenario, stack, { shop, engine }),
      );
      return record(scenario, stack, { shop, engine, history, ...(passes && { passes }) });
    });
  const replayed = (scenario: Scenario) =>
    once(replays, scenario.name, async () => {
      const { monitors } = await declared(scenario.images, syntheticsOf(scenario));
      return replay(monitors, await recording(scenario));
    });
  return {
    declared,
    recording,
    replayed,
    changes: async (scenario, key) => {
      const { transitions } = await replayed(scenario);
      return changes(transitions.get(key) ?? [], startOf(scenario)).join();
    },
    close: () => worker.close(),
  };
}

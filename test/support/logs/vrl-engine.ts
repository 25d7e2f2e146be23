import { createLogEngine, type LogEngine } from "../../../sandbox/datadog/logs/pipeline-engine.ts";
import { createVrlWorker, type VrlWorker } from "../../../sandbox/datadog/vrl/worker.ts";
import { pyvrl } from "./pyvrl.ts";

/** Starts VRL before the tests of the enclosing block and ends it after them. */
export function vrlEngine(): () => LogEngine {
  let worker: VrlWorker | undefined;
  let engine: LogEngine | undefined;

  before(async function () {
    worker = createVrlWorker({ python: await pyvrl(this) });
    engine = createLogEngine(worker);
  });
  after(() => worker?.close());

  return () => {
    if (engine === undefined) throw new Error("VRL is used outside of a test");
    return engine;
  };
}

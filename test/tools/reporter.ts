import { appendFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { slowestFiles, type Timed } from "./file-times.ts";

const root = join(import.meta.dirname, "..", "..");
const { EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_END } = Mocha.Runner.constants;

/**
 * mocha's spec reporter that also appends `{passed, failed, skipped}` as one JSON line to the file
 * named by `MOCHA_COUNTS`, so that the closing line of CI is made of real counts, and lists as many
 * of the slowest files as `MOCHA_SLOWEST` says.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const timed: Timed[] = [];
    const note = ({ file, duration = 0 }: Mocha.Runnable): void => {
      timed.push({ file, ms: duration });
    };
    runner.on(EVENT_TEST_END, note).on(EVENT_HOOK_END, note);
    runner.once(EVENT_RUN_END, () => {
      const most = Number(process.env["MOCHA_SLOWEST"] ?? 0);
      for (const line of slowestFiles(timed, root, most)) process.stdout.write(`${line}\n`);
      const file = process.env["MOCHA_COUNTS"];
      if (file === undefined) return;
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      appendFileSync(file, `${JSON.stringify({ passed, failed, skipped })}\n`);
    });
  }
}

import { appendFileSync } from "node:fs";
import Mocha from "mocha";

/**
 * mocha's spec reporter that also appends `{passed, failed, skipped}` as one JSON line to the file
 * named by `MOCHA_COUNTS`, so that the closing line of CI is made of real counts.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const file = process.env["MOCHA_COUNTS"];
      if (file === undefined) return;
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      appendFileSync(file, `${JSON.stringify({ passed, failed, skipped })}\n`);
    });
  }
}

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const tests = fileURLToPath(new URL("../../support/python", import.meta.url));

describe("the incident's programs in Python", () => {
  it("pass their own tests, with a stand-in for the locust library", function () {
    const python = spawnSync("python3", ["-B", "-m", "unittest", "discover", "-s", tests], {
      encoding: "utf8",
    });
    if (python.error) {
      process.stdout.write(`      skipped: python3 cannot be started (${python.error.message})\n`);
      this.skip();
    }

    expect(python.stderr).to.match(/^Ran [1-9]\d* tests/m);
    expect(python.status, python.stderr).to.equal(0);
  });
});

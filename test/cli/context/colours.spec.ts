import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { colourArguments } from "../../../cli/context/colours.ts";
import { runCli } from "../../support/cli.ts";

const main = new URL("../../../cli/main.ts", import.meta.url).pathname;

describe("colours", () => {
  const cases: readonly (readonly [env: Record<string, string>, argument: string | undefined])[] = [
    [{}, undefined],
    [{ NO_COLOR: "" }, undefined],
    [{ NO_COLOR: "1" }, "never"],
    [{ NO_COLOR: "0" }, "never"],
    [{ FORCE_COLOR: "1" }, "always"],
    [{ FORCE_COLOR: "" }, "always"],
    [{ FORCE_COLOR: "0" }, "never"],
    [{ FORCE_COLOR: "false" }, "never"],
    [{ FORCE_COLOR: "3", NO_COLOR: "1" }, "always"],
  ];

  for (const [env, argument] of cases) {
    it(`of pulumi with ${JSON.stringify(env)} are ${argument ?? "for the terminal to decide"}`, () => {
      const expected = argument === undefined ? [] : ["--color", argument];

      expect(colourArguments(env)).to.deep.equal(expected);
    });
  }

  it("are passed to a pulumi that has the terminal", async () => {
    const { calls } = await runCli(["down", "-s", "dev"], { env: { FORCE_COLOR: "1" } });

    expect(calls.join("\n")).to.match(/^pulumi destroy .* --color always$/);
  });

  for (const env of [{}, { NO_COLOR: "1" }, { FORCE_COLOR: "1" }]) {
    it(`are in no output of our own through a pipe with ${JSON.stringify(env)}`, () => {
      for (const argv of [["--help"], ["status", "--stack", "nowhere"]]) {
        const { PATH } = process.env;
        const run = spawnSync(process.execPath, [main, ...argv], {
          env: { PATH, ...env },
          encoding: "utf8",
        });

        expect(run.stdout + run.stderr).to.not.equal("");
        expect(run.stdout + run.stderr).not.to.include("\u001b");
      }
    });
  }
});

import { expect } from "chai";
import { readArguments } from "../../../sandbox/datadog/server-arguments.ts";

const usage = "usage: node sandbox/datadog/server.ts --port <1-65535> --state <directory>";

describe("the arguments of server.ts", () => {
  for (const port of [1, 2026, 65_535]) {
    it(`take port ${port}`, () => {
      expect(readArguments(["--port", String(port), "--state", "dir"])).to.deep.equal({
        port,
        state: "dir",
      });
    });
  }

  const wrong: [string[], string][] = [
    [[], `--port "" is not a number from 1 to 65535; ${usage}`],
    [["--port", "0", "--state", "x"], `--port "0" is not a number from 1 to 65535; ${usage}`],
    [
      ["--port", "65536", "--state", "x"],
      `--port "65536" is not a number from 1 to 65535; ${usage}`,
    ],
    [["--port", "20x", "--state", "x"], `--port "20x" is not a number from 1 to 65535; ${usage}`],
    [["--port", "2026"], `--state is missing; ${usage}`],
    [["--prot", "1"], "Unknown option '--prot'"],
    [["2026"], "Unexpected argument '2026'. This command does not take positional arguments"],
  ];
  for (const [args, sentence] of wrong) {
    it(`refuse ${JSON.stringify(args)} in one line`, () => {
      expect(() => readArguments(args)).to.throw(sentence);
    });
  }
});

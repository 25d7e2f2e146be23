import { expect } from "chai";
import { readArguments } from "../../../sandbox/datadog/server-arguments.ts";

const usage =
  "usage: node sandbox/datadog/server.ts --port <1-65535> --state <directory> " +
  "[--evaluate-every <seconds>] [--shop <address>]";

describe("the arguments of server.ts", () => {
  for (const port of [1, 2026, 65_535]) {
    it(`take port ${port}`, () => {
      expect(readArguments(["--port", String(port), "--state", "dir"])).to.deep.equal({
        port,
        state: "dir",
        evaluateEvery: 60,
      });
    });
  }

  for (const seconds of [1, 15, 3600]) {
    it(`take ${seconds} seconds between two evaluations`, () => {
      const args = ["--port", "1", "--state", "x", "--evaluate-every", String(seconds)];

      expect(readArguments(args).evaluateEvery).to.equal(seconds);
    });
  }

  it("take the control address of a shop on this machine", () => {
    const args = ["--port", "1", "--state", "x", "--shop", "http://127.0.0.1:2027"];

    expect(readArguments(args).shop).to.equal("http://127.0.0.1:2027/");
  });

  const wrong: [string[], string][] = [
    [[], `--port "" is not a number from 1 to 65535; ${usage}`],
    [["--port", "0", "--state", "x"], `--port "0" is not a number from 1 to 65535; ${usage}`],
    [
      ["--port", "65536", "--state", "x"],
      `--port "65536" is not a number from 1 to 65535; ${usage}`,
    ],
    [["--port", "20x", "--state", "x"], `--port "20x" is not a number from 1 to 65535; ${usage}`],
    [["--port", "2026"], `--state is missing; ${usage}`],
    ...["0", "3601", "x"].map((every): [string[], string] => [
      ["--port", "1", "--state", "x", "--evaluate-every", every],
      `--evaluate-every "${every}" is not a number from 1 to 3600; ${usage}`,
    ]),
    ...["http://example.org/", "https://127.0.0.1:1/", "http://127.0.0.1:70000/", "2027"].map(
      (shop): [string[], string] => [
        ["--port", "1", "--state", "x", "--shop", shop],
        `--shop "${shop}" is no http://127.0.0.1:<port>/; ${usage}`,
      ],
    ),
    [["--prot", "1"], "Unknown option '--prot'"],
    [["2026"], "Unexpected argument '2026'. This command does not take positional arguments"],
  ];
  for (const [args, sentence] of wrong) {
    it(`refuse ${JSON.stringify(args)} in one line`, () => {
      expect(() => readArguments(args)).to.throw(sentence);
    });
  }
});

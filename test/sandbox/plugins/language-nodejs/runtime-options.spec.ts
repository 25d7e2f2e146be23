import { expect } from "chai";
import {
  runtimeOptions,
  splitArguments,
} from "../../../../sandbox/plugins/language-nodejs/runtime-options.ts";

describe("runtimeOptions", () => {
  it("are the official host's by default", () => {
    expect(runtimeOptions({})).to.deep.equal({
      typescript: true,
      tsconfig: undefined,
      nodeargs: [],
      packagemanager: "auto",
    });
  });

  it("take what Pulumi.yaml says", () => {
    const options = {
      typescript: false,
      tsconfig: "t.json",
      nodeargs: "--import tsx",
      packagemanager: "npm",
    };

    expect(runtimeOptions(options)).to.deep.equal({
      ...options,
      nodeargs: ["--import", "tsx"],
    });
  });

  const refused = [
    [
      { typescript: "no" },
      'runtime.options.typescript of Pulumi.yaml must be true or false, got "no"',
    ],
    [{ nodeargs: 1 }, "runtime.options.nodeargs of Pulumi.yaml must be a string, got 1"],
  ] as const;
  for (const [options, message] of refused) {
    it(`refuse ${JSON.stringify(options)}`, () => {
      expect(() => runtimeOptions(options)).to.throw(message);
    });
  }
});

describe("splitArguments", () => {
  const lines = [
    ["", []],
    ["  --a   -b ", ["--a", "-b"]],
    [`--title="two words" '--x=a "b"'`, ["--title=two words", '--x=a "b"']],
    [`""`, [""]],
  ] as const;
  for (const [line, words] of lines) {
    it(`splits ${JSON.stringify(line)}`, () => {
      expect(splitArguments(line)).to.deep.equal(words);
    });
  }
});

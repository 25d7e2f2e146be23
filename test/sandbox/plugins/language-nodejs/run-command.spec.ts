import { expect } from "chai";
import {
  runCommand,
  runOutcome,
  type RunRequest,
} from "../../../../sandbox/plugins/language-nodejs/run-command.ts";
import { runtimeOptions } from "../../../../sandbox/plugins/language-nodejs/runtime-options.ts";

const request: RunRequest = {
  monitorAddress: "127.0.0.1:1",
  engineAddress: "127.0.0.1:2",
  organization: "",
  project: "sock-shop",
  stack: "dev",
  rootDirectory: "/project",
  programDirectory: "/program",
  entryPoint: "index.ts",
  parallel: 16,
  dryRun: false,
  args: ["--own"],
  config: { "sock-shop:incident": "none" },
  secretKeys: ["sock-shop:key"],
};

describe("runCommand", () => {
  it("passes what is given to the SDK's runner, and config by the environment", () => {
    const options = runtimeOptions({ typescript: false, nodeargs: "--inspect" });

    expect(runCommand(request, options, "/sdk/run")).to.deep.equal({
      args: [
        "--inspect",
        "/sdk/run",
        "--monitor",
        "127.0.0.1:1",
        "--engine",
        "127.0.0.1:2",
        "--project",
        "sock-shop",
        "--root-directory",
        "/project",
        "--stack",
        "dev",
        "--pwd",
        "/program",
        "--parallel",
        "16",
        "index.ts",
        "--own",
      ],
      env: {
        PULUMI_CONFIG: '{"sock-shop:incident":"none"}',
        PULUMI_CONFIG_SECRET_KEYS: '["sock-shop:key"]',
      },
    });
  });

  it("says that a preview is one, and whether the SDK sets up TypeScript", () => {
    const options = runtimeOptions({ tsconfig: "t.json" });

    const { args, env } = runCommand({ ...request, dryRun: true }, options, "/sdk/run");

    expect(args.slice(-3)).to.deep.equal(["--dry-run", "index.ts", "--own"]);
    expect(env["PULUMI_NODEJS_TYPESCRIPT"]).to.equal("true");
    expect(env["PULUMI_NODEJS_TSCONFIG_PATH"]).to.equal("t.json");
  });
});

describe("runOutcome", () => {
  const outcomes = [
    [
      { code: 0, signal: null },
      { error: "", bail: false },
    ],
    [
      { code: 32, signal: null },
      { error: "", bail: true },
    ],
    [
      { code: 31, signal: null },
      { error: "Program exited with non-zero exit code: 31", bail: false },
    ],
    [
      { code: null, signal: "SIGKILL" },
      { error: "program was ended by SIGKILL", bail: false },
    ],
  ] as const;
  for (const [end, outcome] of outcomes) {
    it(`of ${end.signal ?? `code ${end.code}`}`, () => {
      expect(runOutcome(end)).to.deep.equal(outcome);
    });
  }
});

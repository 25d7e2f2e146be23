import { expect } from "chai";
import { runCli } from "../../support/cli.ts";
import { deployed } from "../../support/sandbox/deployed-stack.ts";

describe("lab down", () => {
  it("says so when there is no sandbox", async () => {
    const run = await runCli(["down"]);

    expect(run.stdout).to.equal("nothing to do: this checkout has no sandbox\n");
  });

  it("drops the state without a destroy when the cluster is gone", async () => {
    const run = await runCli(["down"], {
      files: deployed,
      sandbox: { findCluster: () => Promise.resolve(undefined) },
    });

    expect(run.code).to.equal(0);
    expect(run.calls).to.deep.equal(["[stop cluster]", "[stop processes]"]);
    expect(run.stdout.split("\n")).to.deep.equal([
      "the sandbox's cluster does not answer any more; " +
        "dropping the stack's state with the sandbox it lived in",
      "the sandbox is gone; stopped datadog",
      "",
    ]);
  });

  it("keeps everything when objects in a real Datadog account would be forgotten", async () => {
    const run = await runCli(["down"], {
      files: { ...deployed, "Pulumi.sandbox.yaml": "config:\n  sock-shop:env: x\n" },
      sandbox: { findCluster: () => Promise.resolve(undefined) },
    });

    expect(run.code).to.equal(1);
    expect(run.calls).to.deep.equal([]);
    expect(run.stderr).to.contain("fix the cause, then run ./lab down");
  });
});

describe("lab doctor", () => {
  it("lists what is missing with the command that fixes it, and exits with 1", async () => {
    const missing = { name: "etcd", ready: false, version: "3.7.3", where: "missing" };
    const run = await runCli(["doctor", "-s", "dev"], {
      sandbox: { inspectToolchain: () => Promise.resolve([missing]) },
    });

    expect(run.code).to.equal(1);
    expect(run.stdout).to.match(/^-- +etcd 3\.7\.3 +missing$/m);
    expect(run.stdout).to.contain("to fix:\n  ./lab up installs the missing tools\n");
  });
});

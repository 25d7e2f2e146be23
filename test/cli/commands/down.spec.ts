import { expect } from "chai";
import { runCli } from "../../support/cli.ts";
import { checkpoint, deployed } from "../../support/sandbox/deployed-stack.ts";

describe("lab down", () => {
  it("says so when there is no sandbox", async () => {
    const run = await runCli(["down"]);

    expect(run.stdout).to.equal("nothing to do: this checkout has no sandbox\n");
  });

  it("ends a sandbox in which nothing is deployed without a pulumi", async () => {
    const run = await runCli(["down"], { files: { ".sandbox/kubeconfig": "" } });

    expect(run.code, run.stderr).to.equal(0);
    expect(run.calls).to.deep.equal(["[stop cluster]", "[stop processes]"]);
    expect(run.stdout).to.equal("the sandbox is gone; stopped datadog\n");
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

describe("lab down of a stack beside another one in the sandbox", () => {
  const otherState = ".sandbox/backend/.pulumi/stacks/sock-shop/other.json";
  const otherFile = { "Pulumi.other.yaml": "config: {}\n" };

  it("refuses where this one is not deployed, and names the one that is", async () => {
    const run = await runCli(["down", "--stack", "other"], {
      files: { ...deployed, ...otherFile },
    });

    expect(run).to.deep.include({ code: 1, stdout: "", calls: [] });
    expect(run.stderr).to.equal(
      "lab: stack other is not deployed, and the sandbox is that of stack sandbox; to remove it " +
        "run ./lab down\n",
    );
  });

  it("destroys this one alone where both are deployed", async () => {
    const files = { ...deployed, ...otherFile, [otherState]: checkpoint("none") };

    const run = await runCli(["down"], { files });

    expect(run.code, run.stderr).to.equal(0);
    expect(run.calls).to.deep.equal([
      "pulumi destroy --stack sandbox --yes --suppress-outputs --skip-preview",
    ]);
    expect(run.stdout).to.equal(
      "the sandbox stays for stack other; ./lab down --stack other removes it\n",
    );
  });

  it("removes the sandbox once the other one is destroyed", async () => {
    const empty = JSON.stringify({ checkpoint: { latest: { resources: [] } } });
    const run = await runCli(["down"], { files: { ...deployed, [otherState]: empty } });

    expect(run.calls.slice(-2)).to.deep.equal(["[stop cluster]", "[stop processes]"]);
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

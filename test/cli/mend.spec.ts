import { hostname } from "node:os";
import { expect } from "chai";
import { runCli } from "../support/cli.ts";
import { stateFile, deployed, pulumiUp, eventLog, checkpoint } from "../support/deployed-stack.ts";

describe("lab after a killed update", () => {
  const lockFile = ".sandbox/backend/.pulumi/locks/organization/sock-shop/sandbox/1.json";
  const lock = (hostname: string): string =>
    JSON.stringify({ pid: 4711, hostname, timestamp: "2026-01-02T03:04:05Z" });

  it("drops a lock whose pulumi is dead", async () => {
    const run = await runCli(["up"], { files: { ...deployed, [lockFile]: lock(hostname()) } });

    expect(run.stdout).to.contain("dropping the lock of an update that was killed (pid 4711)\n");
    expect(run.calls.slice(3)).to.deep.equal([
      "pulumi cancel --stack sandbox --yes",
      `${pulumiUp} ${eventLog}`,
    ]);
  });

  it("refuses while the pulumi that holds the lock runs", async () => {
    const run = await runCli(["up"], {
      files: { ...deployed, [lockFile]: lock("here") },
      pulumiPids: [4711],
    });

    expect(run.code).to.equal(1);
    expect(run.stderr).to.equal(
      "lab: stack sandbox is being changed by pid 4711 on here since 2026-01-02T03:04:05Z; " +
        "wait for it, or end that program and try again\n",
    );
    expect(run.calls.filter((call) => call.startsWith("pulumi"))).to.deep.equal([]);
  });

  it("adopts creations that went through and drops the others", async () => {
    const creating = (type: string, inputs: object) => ({
      type: "creating",
      resource: { urn: `urn:${type}`, type, inputs },
    });
    const pending = [
      creating("kubernetes:apps/v1:Deployment", {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "carts", namespace: "sock-shop" },
      }),
      creating("kubernetes:core/v1:Service", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "carts", namespace: "sock-shop" },
      }),
      creating("datadog:index/monitor:Monitor", {}),
    ];

    const run = await runCli(["up"], {
      files: { [stateFile]: checkpoint("none", { pending_operations: pending }) },
      answer: (line) => (line.includes("Deployment.v1.apps") ? { stdout: "found\n" } : {}),
    });

    const target = "kubectl --kubeconfig <root>/.sandbox/kubeconfig get";
    const rest = "carts --namespace sock-shop --ignore-not-found --output name";
    expect(run.calls.slice(3, 6)).to.deep.equal([
      `${target} Deployment.v1.apps ${rest}`,
      `${target} Service ${rest}`,
      "pulumi refresh --stack sandbox --yes --skip-preview " +
        "--import-pending-creates urn:kubernetes:apps/v1:Deployment " +
        "--import-pending-creates sock-shop/carts --clear-pending-creates",
    ]);
  });
});

import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { expect } from "chai";
import { runCli } from "../../support/cli.ts";
import {
  settled,
  started,
  stateFile,
  deployed,
  pulumiUp,
  eventLog,
  checkpoint,
} from "../../support/sandbox/deployed-stack.ts";

describe("lab after a killed update", () => {
  const lockFile = ".sandbox/backend/.pulumi/locks/organization/sock-shop/sandbox/1.json";
  const lock = (hostname: string): string =>
    JSON.stringify({ pid: 4711, hostname, timestamp: "2026-01-02T03:04:05Z" });

  it("drops a lock whose pulumi is dead, and lets its providers come to rest", async () => {
    const run = await runCli(["up"], { files: { ...deployed, [lockFile]: lock(hostname()) } });

    expect(run.stdout).to.contain("dropping the lock of an update that was killed (pid 4711)\n");
    expect(run.calls.slice(started.length)).to.deep.equal([
      "pulumi cancel --stack sandbox --yes",
      "[pause 5000 ms]",
      `${pulumiUp} ${eventLog}`,
      settled,
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

  it("asks which begun creations went through, and reads everything back", async () => {
    const pending = [
      creating("kubernetes:apps/v1:Deployment", object("apps/v1", "Deployment")),
      creating("kubernetes:core/v1:Service", object("v1", "Service")),
      creating("datadog:index/monitor:Monitor", { name: "payment is down" }),
    ];

    const run = await runCli(["up"], {
      files: { [stateFile]: checkpoint("none", { pending_operations: pending }) },
      answer: (line) => {
        if (line.includes("Deployment.v1.apps")) return { stdout: "deployment/carts\n" };
        return line.includes("export") ? { stdout: exported(pending) } : {};
      },
    });

    const get = "kubectl --kubeconfig <root>/.sandbox/kubeconfig get";
    const rest = "carts --namespace sock-shop --ignore-not-found --output name";
    expect(run.stderr).to.equal("");
    expect(run.stdout).to.contain("that update left 3 operations open; reading back what it did");
    expect(run.calls.slice(started.length, -2)).to.deep.equal([
      `${get} Deployment.v1.apps ${rest}`,
      `${get} Service ${rest}`,
      '[monitors "payment is down"]',
      "pulumi stack export --stack sandbox",
      "pulumi stack import --stack sandbox --file <temp>/state.json",
      "pulumi refresh --stack sandbox --yes --skip-preview --skip-plugin-pre-install",
    ]);
  });

  it("does not take a monitor for its own that the state holds already", async () => {
    const pending = [creating("datadog:index/monitor:Monitor", { name: "payment is down" })];
    const imported: string[] = [];

    await runCli(["up"], {
      files: {
        [stateFile]: JSON.stringify({
          checkpoint: { latest: { resources: [{ id: "7" }], pending_operations: pending } },
        }),
      },
      sandbox: { monitorsNamed: () => Promise.resolve(["7", "8"]) },
      answer: (line, { args }) => {
        if (line.includes("import")) imported.push(readFileSync(args.at(-1) ?? "", "utf8"));
        return line.includes("export") ? { stdout: exported(pending) } : {};
      },
    });

    expect(imported.map((text) => JSON.parse(text) as unknown)).to.deep.equal([
      {
        version: 3,
        deployment: { metadata: {}, resources: [{ ...pending[0]?.resource, id: "8" }] },
      },
    ]);
  });
});

interface Pending {
  readonly type: string;
  readonly resource: { readonly urn: string; readonly type: string; readonly inputs: object };
}

function creating(type: string, inputs: object): Pending {
  return { type: "creating", resource: { urn: `urn:${type}`, type, inputs } };
}

function object(apiVersion: string, kind: string): object {
  return { apiVersion, kind, metadata: { name: "carts", namespace: "sock-shop" } };
}

/** What `pulumi stack export` prints. */
function exported(pending: readonly Pending[]): string {
  const deployment = { metadata: {}, resources: [], pending_operations: pending };
  return JSON.stringify({ version: 3, deployment });
}

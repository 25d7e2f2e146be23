import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { loadConnection } from "../../../../../sandbox/plugins/kubernetes/api/kubeconfig.ts";
import { diffConfig } from "../../../../../sandbox/plugins/kubernetes/provider-config.ts";

function kubeconfig(server: string, context = "one"): string {
  return JSON.stringify({
    clusters: [
      { name: "c1", cluster: { server, "certificate-authority": "pki/ca.crt" } },
      { name: "c2", cluster: { server: "https://two.example" } },
    ],
    contexts: [
      { name: "one", context: { cluster: "c1", user: "u", namespace: "shop" } },
      { name: "two", context: { cluster: "c2", user: "u" } },
    ],
    users: [{ name: "u", user: { token: "t" } }],
    "current-context": context,
  });
}

const ONE = kubeconfig("https://one.example");
const source = { kubeconfig: ONE, context: undefined, cluster: undefined };

async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected a failure");
}

describe("a kubeconfig", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "kubeconfig-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("leads to the current context's cluster, user and namespace", async () => {
    const connection = await loadConnection(source, {});

    expect(connection.cluster.server).to.equal("https://one.example");
    expect(connection.user?.token).to.equal("t");
    expect(connection.namespace).to.equal("shop");
  });

  it("leads where the provider's context says", async () => {
    const connection = await loadConnection({ ...source, context: "two" }, {});

    expect(connection.cluster.server).to.equal("https://two.example");
  });

  it("may be a file, relative to which its own files are", async () => {
    const file = path.join(folder, "config");
    writeFileSync(file, ONE);

    const byArgument = await loadConnection({ ...source, kubeconfig: file }, {});
    const byVariable = await loadConnection(
      { ...source, kubeconfig: undefined },
      { KUBECONFIG: file },
    );

    expect(byArgument.cluster.caFile).to.equal(path.join(folder, "pki/ca.crt"));
    expect(byVariable.cluster.server).to.equal("https://one.example");
  });

  it("refuses a context that it does not have, naming those it has", async () => {
    expect(await failure(loadConnection({ ...source, context: "three" }, {}))).to.contain(
      'no context "three": it has "one", "two"',
    );
  });

  it("refuses a missing file by its path", async () => {
    const file = path.join(folder, "absent");

    expect(await failure(loadConnection({ ...source, kubeconfig: file }, {}))).to.contain(
      `cannot read the kubeconfig ${file}: there is no such file`,
    );
    expect(
      await failure(loadConnection({ ...source, kubeconfig: undefined }, { HOME: folder })),
    ).to.contain(`no kubeconfig at ${path.join(folder, ".kube", "config")}`);
  });

  it("refuses broken content without showing it", async () => {
    const message = await failure(
      loadConnection({ ...source, kubeconfig: "clusters: [\n  token: hunter2" }, {}),
    );

    expect(message).to.contain("cannot read the kubeconfig given as text");
    expect(message).to.not.contain("hunter2");
  });
});

describe("a changed provider", () => {
  const diff = async (before: object, after: object) => {
    const { changes } = await diffConfig({ ...before }, { ...after }, {});
    return changes.map((it) => `${it.path}${it.replace ? " (replace)" : ""}`);
  };

  it("is none when nothing changed", async () => {
    expect(await diff({ kubeconfig: ONE }, { kubeconfig: ONE })).to.deep.equal([]);
  });

  it("replaces its objects when the kubeconfig leads to another cluster", async () => {
    const other = kubeconfig("https://other.example");

    expect(await diff({ kubeconfig: ONE }, { kubeconfig: other })).to.deep.equal([
      "kubeconfig (replace)",
    ]);
  });

  it("replaces them when the context does", async () => {
    const before = { kubeconfig: ONE, context: "one" };

    expect(await diff(before, { ...before, context: "two" })).to.deep.equal(["context (replace)"]);
  });

  it("keeps them when only the rest of the kubeconfig changed", async () => {
    const sameCluster = ONE.replace('"token":"t"', '"token":"new"');

    expect(await diff({ kubeconfig: ONE }, { kubeconfig: sameCluster })).to.deep.equal([
      "kubeconfig",
    ]);
  });

  it("keeps them when other arguments changed", async () => {
    expect(await diff({ kubeconfig: ONE }, { kubeconfig: ONE, namespace: "x" })).to.deep.equal([
      "namespace",
    ]);
  });

  it("goes by the cluster identifier where there is one", async () => {
    const before = { kubeconfig: ONE, clusterIdentifier: "a" };
    const other = { kubeconfig: kubeconfig("https://other.example"), clusterIdentifier: "a" };

    expect(await diff(before, other)).to.deep.equal(["kubeconfig"]);
    expect(await diff(before, { ...before, clusterIdentifier: "b" })).to.deep.equal([
      "clusterIdentifier (replace)",
    ]);
  });

  it("keeps them when the old kubeconfig is gone", async () => {
    expect(await diff({ kubeconfig: "/absent/config" }, { kubeconfig: ONE })).to.deep.equal([
      "kubeconfig",
    ]);
  });
});

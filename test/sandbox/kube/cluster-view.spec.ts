import { expect } from "chai";
import type { Service } from "../../../sandbox/kube/objects.ts";
import { shopNamespaces, shopView } from "../../../sandbox/kube/cluster-view.ts";
import { podOf } from "./objects.ts";

const service = (namespace: string, name: string): Service => ({ metadata: { namespace, name } });

describe("the shop's part of the cluster", () => {
  it("is the namespace with a front-end, whatever its name", () => {
    const own = podOf("payment", "own", { metadata: { namespace: "socks", name: "p" } });
    const other = podOf("agent", "other", { metadata: { namespace: "datadog", name: "a" } });
    const services = [service("default", "kubernetes"), service("socks", "front-end")];

    expect(shopView({ pods: [own, other], services, slices: [] })).to.deep.equal({
      namespace: "socks",
      pods: [own],
      services: [services[1]],
      slices: [],
    });
  });

  it("is nothing where there is no front-end", () => {
    const pod = podOf("payment", "lonely");

    expect(
      shopView({ pods: [pod], services: [service("default", "payment")], slices: [] }),
    ).to.include({ namespace: "" });
  });

  it("is the first of several by name", () => {
    const services = [service("b", "front-end"), service("a", "front-end")];

    expect(shopNamespaces(services)).to.deep.equal(["a", "b"]);
    expect(shopView({ pods: [], services, slices: [] }).namespace).to.equal("a");
  });
});

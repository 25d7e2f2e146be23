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

    expect(shopView({ pods: [own, other], services, slices: [] }, "socks")).to.deep.equal({
      namespace: "socks",
      pods: [own],
      services: [services[1]],
      slices: [],
    });
  });

  it("is nothing where there is no front-end", () => {
    expect(shopNamespaces([service("default", "payment")])).to.deep.equal([]);
  });

  it("is one of several by age, then by name", () => {
    const since = (namespace: string, creationTimestamp: Date | string): Service => ({
      metadata: { namespace, name: "front-end", creationTimestamp },
    });
    const services = [
      since("b", "2025-10-28T10:02:00Z"),
      since("a", new Date("2025-10-28T10:02:00Z")),
      since("c", new Date("2025-10-28T10:01:00Z")),
      since("d", "2025-10-28T10:03:00Z"),
    ];

    expect(shopNamespaces(services)).to.deep.equal(["c", "a", "b", "d"]);
  });
});

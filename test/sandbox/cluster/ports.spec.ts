import { expect } from "chai";
import { choosePorts, portsIn } from "../../../sandbox/cluster/ports.ts";

describe("choosePorts", () => {
  it("names another port for each component, and others for the next cluster", async () => {
    const [one, two] = [await choosePorts(), await choosePorts()];

    expect(Object.keys(one)).to.have.members([
      "etcdPort",
      "etcdPeerPort",
      "kubeApiserverPort",
      "kubeControllerManagerPort",
      "kubeSchedulerPort",
      "kwokControllerPort",
    ]);
    expect(new Set(Object.values(one)).size).to.equal(6);
    expect(Object.values(two)).not.to.deep.equal(Object.values(one));
  });
});

describe("portsIn", () => {
  it("finds the ports of all components in the first document", () => {
    const saved = [
      "kind: KwokctlConfiguration",
      "options:",
      "  etcdPeerPort: 32766",
      "  etcdPort: 32765",
      "  kubeApiserverPort: 32764",
      "  kwokControllerPort: 32763",
      "  kubeControllerManagerPort: 32762",
      "  kubeSchedulerPort: 32761",
      "---",
      "kind: Stage",
      "spec: {next: {statusTemplate: '{{ .x }}'}}",
      "",
    ].join("\n");

    expect(portsIn(saved)).to.deep.equal([
      { component: "etcd", port: 32765 },
      { component: "etcd", port: 32766 },
      { component: "kube-apiserver", port: 32764 },
      { component: "kube-controller-manager", port: 32762 },
      { component: "kube-scheduler", port: 32761 },
      { component: "kwok-controller", port: 32763 },
    ]);
  });

  it("finds none where nothing was saved", () => {
    expect(portsIn("")).to.deep.equal([]);
    expect(portsIn("options: {etcdPort: 0}")).to.deep.equal([]);
  });
});

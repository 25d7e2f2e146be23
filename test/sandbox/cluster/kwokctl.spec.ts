import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { configText, createCommand, kubectlCommand } from "../../../sandbox/cluster/kwokctl.ts";
import { binaries } from "./fake-kwokctl.ts";

describe("kwokctl's config file", () => {
  const config = parse(configText({ kubectl: "/opt/kubectl" }, { etcdPort: 21_001 })) as {
    options: unknown;
    componentsPatches: unknown;
  };

  it("binds every component to the loopback interface, names the ports and the kubectl", () => {
    expect(config.options).to.deep.equal({
      bindAddress: "127.0.0.1",
      kubectlBinary: "/opt/kubectl",
      etcdPort: 21_001,
    });
  });

  it("lets the controllers work at once and as fast as they can", () => {
    for (const name of ["kube-controller-manager", "kube-scheduler"]) {
      expect(config.componentsPatches).to.deep.include({
        name,
        extraArgs: [
          { key: "leader-elect", value: "false" },
          { key: "kube-api-qps", value: "500" },
          { key: "kube-api-burst", value: "1000" },
        ],
      });
    }
  });

  it("works on a machine without any network address", () => {
    expect(config.componentsPatches).to.deep.include({
      name: "kube-apiserver",
      extraArgs: [
        { key: "advertise-address", value: "127.0.0.1" },
        { key: "endpoint-reconciler-type", value: "none" },
      ],
    });
  });
});

describe("kwokctl's arguments", () => {
  it("are never empty, and hold every path as one item whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const paths = { kwokDir: `/${name}/kwok`, kubeconfig: `/${name}/kubeconfig` };

        const command = createCommand({ ...binaries, etcd: `/${name}/etcd` }, paths);

        expect(command).to.include(`--etcd-binary=/${name}/etcd`);
        expect(command).to.include(`--kubeconfig=/${name}/kubeconfig`);
        expect(command.filter((item) => item === "")).to.deep.equal([]);
      }),
    );
  });

  it("turn authentication, authorization and admission on", () => {
    const command = createCommand(binaries, { kwokDir: "/k", kubeconfig: "/c" });

    expect(command).to.include.members([
      "--secure-port",
      "--kube-authorization",
      "--kube-admission",
    ]);
  });
});

describe("kubectl's arguments", () => {
  it("can reach no other cluster, whatever the current context is", () => {
    expect(kubectlCommand(binaries, { kubeconfig: "/c" }, "get", "pods")).to.deep.equal([
      "/bin/kubectl",
      "--kubeconfig=/c",
      "--context=kwok-sock-shop",
      "get",
      "pods",
    ]);
  });
});

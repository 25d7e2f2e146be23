import { expect } from "chai";
import { stackEnvironment } from "../../../cli/stack/environment.ts";
import { stackTargets } from "../../../cli/stack/stack-config.ts";
import { sandboxPaths } from "../../../sandbox/host/paths.ts";

const paths = sandboxPaths("/checkout", { HOME: "/home/me" });
const cache = "/home/me/.cache/sock-shop-incident";
const base = {
  PATH: "/usr/bin",
  HOME: "/home/me",
  KUBECONFIG: "/home/me/kubeconfig",
  PULUMI_BACKEND_URL: "s3://mine",
  PULUMI_CONFIG_PASSPHRASE: "mine",
};
const parts = { paths, node: "/opt/node/bin/node", base };
const loopback = "  sock-shop:datadogApiUrl: http://127.0.0.1:2026/\n";

describe("stackEnvironment", () => {
  it("keeps a stack of the sandbox away from the user's login, state and clusters", () => {
    const env = stackEnvironment(stackTargets("sandbox", `config:\n${loopback}`), parts);

    expect(env).to.deep.equal({
      ...base,
      PATH: `/opt/node/bin:${cache}/bin:/usr/bin`,
      SOCK_SHOP_ROOT: "/checkout",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NODE_COMPILE_CACHE: `${cache}/compile-cache`,
      PULUMI_HOME: `${cache}/pulumi-home`,
      PULUMI_BACKEND_URL: "file:///checkout/.sandbox/backend?metadata=skip",
      PULUMI_CONFIG_PASSPHRASE: "sandbox",
      KUBECONFIG: "/checkout/.sandbox/kubeconfig",
    });
  });

  it("leaves a stack on the user's own cluster the user's login, state and clusters", () => {
    const targets = stackTargets("dev", "config:\n  sock-shop:kubeContext: kind-sockshop\n");

    expect(stackEnvironment(targets, parts)).to.deep.include({
      KUBECONFIG: "/home/me/kubeconfig",
      PULUMI_BACKEND_URL: "s3://mine",
      PULUMI_CONFIG_PASSPHRASE: "mine",
    });
    expect(stackEnvironment(targets, parts)).not.to.have.property("PULUMI_HOME");
  });

  it("does not give the known passphrase to a stack with real Datadog keys", () => {
    const env = stackEnvironment(stackTargets("mixed", "config: {}"), parts);

    expect(env).to.include({ PULUMI_CONFIG_PASSPHRASE: "mine" });
  });

  it("escapes a checkout's path in the address of the state", () => {
    const odd = sandboxPaths("/my shop #1", { HOME: "/home/me" });
    const targets = stackTargets("sandbox", `config:\n${loopback}`);

    expect(stackEnvironment(targets, { ...parts, paths: odd })).to.include({
      PULUMI_BACKEND_URL: "file:///my%20shop%20%231/.sandbox/backend?metadata=skip",
    });
  });
});

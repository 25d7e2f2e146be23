import { join } from "node:path";
import { agentClient } from "../../sandbox/agent/client.ts";
import { standInClient } from "../../sandbox/datadog/client.ts";
import { shopClient } from "../../sandbox/shop/client.ts";
import { pythonFolder } from "../../sandbox/toolchain/python/python-folder.ts";
import type { ServerSpec } from "../context/sandbox.ts";
import { agentPort, highestFrontEndPort } from "../../settings/defaults.ts";
import type { ShopPorts } from "../../settings/defaults.ts";
import type { StackTargets } from "../stack/stack-config.ts";

/** The servers that a stack uses, in the order in which they are shown. */
export function serversOf(targets: StackTargets): readonly ServerSpec[] {
  const { datadogPort, shop } = targets;
  return [
    ...(datadogPort === undefined ? [] : [datadogServer(datadogPort, shop)]),
    ...(shop === undefined ? [] : [shopServer(shop)]),
    ...(datadogPort === undefined || shop === undefined
      ? []
      : [agentServer(shop, datadogPort, targets.clusterName)]),
  ];
}

/** Sends the shop's logs to the stand-in; into a Datadog account the official agent sends them. */
function agentServer(shop: ShopPorts, datadogPort: number, clusterName: string): ServerSpec {
  const port = agentPort(shop);
  const address = `http://127.0.0.1:${port}/`;
  return {
    name: "agent",
    title: "the stand-in of the Datadog agent",
    detail: "the shop's logs on their way to the stand-in",
    address,
    ports: [{ port, remedy: otherShopPorts(shop) }],
    needsCluster: true,
    command: ({ kubeconfig, logsDir, agentDir }) =>
      Promise.resolve([
        join("sandbox", "agent", "server.ts"),
        ...["--kubeconfig", kubeconfig, "--cluster-name", clusterName],
        ...["--logs", join(logsDir, "pods"), "--state", agentDir],
        ...["--datadog", `http://127.0.0.1:${datadogPort}/`, "--port", String(port)],
      ]),
    isReady: () => agentClient(address).isReady(),
    problem: () => agentClient(address).problem(),
  };
}

function datadogServer(port: number, shop: ShopPorts | undefined): ServerSpec {
  const address = `http://127.0.0.1:${port}/`;
  const other = `http://127.0.0.1:${otherPort(port)}/`;
  return {
    name: "datadog",
    title: "the Datadog stand-in",
    detail: "stand-in for the Datadog API",
    address,
    ports: [{ port, remedy: `choose another port: pulumi config set datadogApiUrl ${other}` }],
    needsCluster: false,
    command: ({ datadogDir }) =>
      Promise.resolve([
        join("sandbox", "datadog", "server.ts"),
        ...["--port", String(port), "--state", datadogDir],
        // A drill should not wait a minute for each step.
        ...["--evaluate-every", "15"],
        ...(shop === undefined ? [] : ["--shop", `http://127.0.0.1:${shop.controlPort}/`]),
      ]),
    isReady: () => standInClient(address).isReady(),
  };
}

/** A port that is worth trying next; the ports above the last one do not exist. */
function otherPort(port: number): number {
  return port > highestFrontEndPort - 10 ? port - 10 : port + 10;
}

function otherShopPorts({ frontEndPort }: ShopPorts): string {
  const url = `http://localhost:${otherPort(frontEndPort)}`;
  return `choose other ports: pulumi config set frontEndUrl ${url}`;
}

function shopServer(shop: ShopPorts): ServerSpec {
  const { frontEndPort, controlPort } = shop;
  const remedy = otherShopPorts(shop);
  return {
    name: "shop",
    title: "the shop",
    detail: "the shop's front-end, pods as local programs",
    address: `http://localhost:${frontEndPort}/`,
    ports: [frontEndPort, controlPort].map((port) => ({ port, remedy })),
    needsCluster: true,
    command: async (paths) => [
      join("sandbox", "shop", "server.ts"),
      ...["--kubeconfig", paths.kubeconfig, "--state", paths.stateDir],
      ...["--tools", join(await pythonFolder("load", paths), "bin")],
      ...["--port", String(frontEndPort), "--control-port", String(controlPort)],
    ],
    isReady: () => shopClient(controlPort).isReady(),
  };
}

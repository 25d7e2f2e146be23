import { writeFileSync } from "node:fs";
import type { World } from "../cli.ts";

/** Where Pulumi's file backend keeps the state of stack `sandbox`. */
export const stateFile = ".sandbox/backend/.pulumi/stacks/sock-shop/sandbox.json";

/** A checkout whose stack `sandbox` was applied in state `none`. */
export const deployed = { [stateFile]: checkpoint("none") };

/** How `lab` runs `pulumi up`, without what depends on the case. */
export const pulumiUp =
  "pulumi up --stack sandbox --yes --suppress-outputs --skip-preview --skip-plugin-pre-install";
export const eventLog = "--event-log <temp>/events.jsonl";

/** What `lab` starts for stack `sandbox`. */
export const started = [
  "[install toolchain]",
  "[start cluster]",
  "[start datadog 2026]",
  "[start shop 2025 2027]",
  "[start agent 2028]",
];

/** How `lab` waits for the shop's programs after an update. */
export const settled = "[pods of the shop on 2027]";

/** How `lab` asks the cluster what runs. */
export const readLiveState =
  "kubectl --kubeconfig <root>/.sandbox/kubeconfig get " +
  "deployments.apps,services,endpointslices.discovery.k8s.io,jobs.batch " +
  "--namespace sock-shop --output json --request-timeout 5s";

/** A state file as Pulumi's file backend writes it, after the flag was applied. */
export function checkpoint(incident: string, extra: object = {}, ...more: object[]): string {
  const replicas = incident === "none" ? 1 : 0;
  const inputs = { metadata: { name: "payment" }, spec: { replicas } };
  const resources = [
    { type: "pulumi:pulumi:Stack", outputs: { incident, namespace: "sock-shop" } },
    { type: "kubernetes:apps/v1:Deployment", inputs },
    ...more,
  ];
  return JSON.stringify({ checkpoint: { latest: { resources, ...extra } } });
}

/** What kubectl answers when payment is scaled to a number of pods and all are available. */
export function liveCluster(replicas: number): string {
  const payment = {
    kind: "Deployment",
    metadata: { name: "payment" },
    spec: { replicas },
    status: { availableReplicas: replicas },
  };
  return JSON.stringify({ items: [payment] });
}

/** Lets every `pulumi up` write an event log with these counts. */
export function counting(resourceChanges: Record<string, number>): World["answer"] {
  return (_, { args }) => {
    const at = args.indexOf("--event-log");
    const log = at < 0 ? undefined : args[at + 1];
    if (log !== undefined) {
      writeFileSync(log, JSON.stringify({ summaryEvent: { resourceChanges } }));
    }
    return {};
  };
}

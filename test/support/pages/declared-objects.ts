import type { Registered } from "../../../simulation/declared/resource-graph.ts";

/** An object of Kubernetes that the stack declares, as far as commands name parts of it. */
export interface DeclaredObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;

  /** Labels and containers of the pods that it makes. */
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly containers?: readonly string[];
}

interface Manifest {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: {
    readonly template?: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: { readonly containers?: readonly { readonly name: string }[] };
    };
  };
}

/** Pods of the agent's chart, which the stack does not declare one by one. */
export const agentPods: readonly DeclaredObject[] = [
  {
    kind: "DaemonSet",
    name: "datadog-agent",
    namespace: "datadog",
    podLabels: { "app.kubernetes.io/component": "agent" },
    containers: ["agent"],
  },
  {
    kind: "Deployment",
    name: "datadog-agent-cluster-agent",
    namespace: "datadog",
    podLabels: { "app.kubernetes.io/component": "cluster-agent" },
    containers: ["cluster-agent"],
  },
];

/** The objects among the resources of a stack. */
export function objectsOf(resources: readonly Registered[]): readonly DeclaredObject[] {
  return resources
    .filter(({ type }) => /^kubernetes:.+\/v\d/.test(type) && !type.includes(":helm."))
    .map(({ type, inputs }) => {
      const { metadata = {}, spec } = inputs as Manifest;
      const { name = "", namespace } = metadata;
      const kind = type.replace(/^.*:/, "");
      return { kind, name, ...(namespace !== undefined && { namespace }), ...podsOf(spec) };
    });
}

function podsOf(spec: Manifest["spec"]): Pick<DeclaredObject, "podLabels" | "containers"> {
  const { metadata, spec: pod } = spec?.template ?? {};
  return {
    ...(metadata?.labels && { podLabels: metadata.labels }),
    ...(pod?.containers && { containers: pod.containers.map(({ name }) => name) }),
  };
}

import type { PreflightFacts } from "./checks.ts";

type ClusterFacts = NonNullable<PreflightFacts["cluster"]>;

interface KubeObject {
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: { readonly ports?: readonly { readonly port: number }[] };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };

  /** Null where a slice has none. */
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
}

/** Reads nodes, pods and Services out of what kubectl printed as JSON. */
export function clusterFacts(
  objects: string,
  nodes: string,
): Pick<ClusterFacts, "nodes" | "pods" | "services"> {
  const items = itemsOf(objects);
  const ofKind = (kind: string) => items.filter((one) => one.kind === kind);
  const slices = ofKind("EndpointSlice");
  return {
    nodes: itemsOf(nodes).map(readiness),
    // a Job's pod that has ended is not expected to be ready
    pods: ofKind("Pod")
      .filter(
        ({ metadata, status }) => !metadata.deletionTimestamp && status?.phase !== "Succeeded",
      )
      .map(readiness),
    services: ofKind("Service").map(({ metadata: { name }, spec }) => ({
      name,
      ports: (spec?.ports ?? []).map(({ port }) => port),
      endpoints: slices
        .filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name)
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false).length,
    })),
  };
}

function readiness({ metadata: { name }, status }: KubeObject): { name: string; ready: boolean } {
  const ready = status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
  return { name, ready };
}

function itemsOf(text: string): readonly KubeObject[] {
  const { items = [] } = JSON.parse(text || "{}") as { items?: readonly KubeObject[] };
  return items;
}

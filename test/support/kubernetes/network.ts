interface Peer {
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly namespaceSelector?: object;
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: number }[];
}
export interface Policy {
  readonly spec: {
    readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

/** A pod, or anything else that opens connections; without labels it is outside of the cluster. */
export interface Endpoint {
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Whether a connection to a TCP port of a pod is allowed: by a policy on each side that some policy
 * isolates. Mirrors Kubernetes within one namespace; covers neither named ports nor address blocks.
 */
export function connects(
  policies: readonly Policy[],
  { from, to, port }: { readonly from: Endpoint; readonly to: Endpoint; readonly port: number },
): boolean {
  const side = (subject: Endpoint, type: "Ingress" | "Egress", peer: Endpoint) => {
    const applying = policies.filter(
      ({ spec }) =>
        subject.labels !== undefined &&
        spec.policyTypes.includes(type) &&
        selects(spec.podSelector.matchLabels, subject),
    );
    if (applying.length === 0) return true;
    const rules = applying.flatMap(({ spec }) =>
      type === "Ingress" ? (spec.ingress ?? []) : (spec.egress ?? []),
    );
    return rules.some((rule) => allows(rule, peer, port));
  };
  return side(from, "Egress", to) && side(to, "Ingress", from);
}

function allows({ from, to, ports }: Rule, peer: Endpoint, port: number): boolean {
  const peers = from ?? to;
  const peerFits =
    peers === undefined ||
    peers.some(
      ({ podSelector, namespaceSelector }) =>
        namespaceSelector === undefined && selects(podSelector?.matchLabels, peer),
    );
  return peerFits && (ports === undefined || ports.some((allowed) => allowed.port === port));
}

function selects(wanted: Readonly<Record<string, string>> = {}, { labels }: Endpoint): boolean {
  return (
    labels !== undefined && Object.entries(wanted).every(([key, value]) => labels[key] === value)
  );
}

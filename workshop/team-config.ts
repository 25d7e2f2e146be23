/** How the stacks of the teams differ from each other. */
export interface TeamPlan {
  /** From 1; at most 99. */
  readonly number: number;

  /** Node port of the first team's front-end; absent where front-ends get none. */
  readonly firstNodePort?: number | undefined;
}

/** A stack's plain configuration as its file holds it; secrets are objects with `secure`. */
export type PlainConfig = Readonly<Record<string, unknown>>;

const prefix = "sock-shop:";

/** What `settings` takes for a namespace that a stack does not name. */
const defaultNamespace = "sock-shop";

/** The sandbox's cluster, as a stack names a cluster of its own. */
const sandboxCluster = { kubeContext: "kwok-sock-shop", kubeconfig: ".sandbox/kubeconfig" };

/** Port on this machine that a team's front-end is forwarded to, where it has no node port. */
const firstForwardedPort = 2101;

/** Keys that only the stack that all others lean on may have. */
const ofBaseAlone = [
  "logNamespaces",
  "logIndex",
  "logArchive",
  "softwareCatalog",
  "frontEndNodePort",
  "incident",
];

/** Name of a team's stack. */
export function teamStack({ number }: Pick<TeamPlan, "number">): string {
  return `team-${twoDigits(number)}`;
}

/**
 * Plain configuration of a team's stack: the base's own, but for its namespace and address, and without
 * what a cluster or an account has once: the agent, the log pipeline, the log metrics.
 */
export function teamConfig(base: PlainConfig, plan: TeamPlan): PlainConfig {
  const { number, firstNodePort } = plan;
  const kept = Object.entries(base).filter(
    ([key, value]) => !isSecret(value) && !ofBaseAlone.some((name) => key === prefix + name),
  );
  const nodePort = firstNodePort === undefined ? undefined : firstNodePort + number - 1;
  const own = {
    ...(base[`${prefix}kubeContext`] === undefined && sandboxCluster),
    namespace: `${namespaceOf(base)}-${twoDigits(number)}`,
    agent: "none",
    logPipeline: "shared",
    frontEndUrl: `http://localhost:${nodePort ?? firstForwardedPort + number - 1}`,
    ...(nodePort !== undefined && { frontEndNodePort: String(nodePort) }),
  };
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [prefix + key, value])),
  };
}

/**
 * Why the teams cannot lean on a stack, in one line; undefined where they can. Without this, teams would
 * have monitors that read metrics which nobody counts.
 */
export function baseProblem(base: PlainConfig, stack: string): string | undefined {
  const wanted = `${namespaceOf(base)}-*`;
  const remedy = (key: string, value: string) =>
    `set it with: pulumi config set ${key} '${value}' --stack ${stack}`;
  if (base[`${prefix}logPipeline`] === "shared") return undefined;
  const found = base[`${prefix}logNamespaces`];
  const covers =
    typeof found === "string" && found.endsWith("*") && wanted.startsWith(found.slice(0, -1));
  if (covers) return undefined;
  const got = typeof found === "string" ? `"${found}"` : "nothing";
  return (
    `sock-shop:logNamespaces: expected a beginning that takes in the teams' namespaces ${wanted}, ` +
    `got ${got}; ${remedy("logNamespaces", `${namespaceOf(base)}*`)}, and deploy ${stack} first`
  );
}

function namespaceOf(base: PlainConfig): string {
  const named = base[`${prefix}namespace`];
  return typeof named === "string" ? named : defaultNamespace;
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

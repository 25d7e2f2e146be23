/** What of a pod the rules look at; everything is optional so that its absence can be found. */
interface Pod {
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type?: string };
    readonly sysctls?: readonly { readonly name: string }[];
  };
  readonly containers: readonly {
    readonly image: string;
    readonly resources?: { readonly requests?: object; readonly limits?: object };
    readonly securityContext?: {
      readonly allowPrivilegeEscalation?: boolean;
      readonly readOnlyRootFilesystem?: boolean;
      readonly capabilities?: {
        readonly drop?: readonly string[];
        readonly add?: readonly string[];
      };
    };
  }[];
  readonly volumes?: readonly object[];
}

const safeSysctls = ["net.ipv4.ip_unprivileged_port_start"];
const safeVolumes = ["name", "emptyDir", "configMap", "secret", "projected", "downwardAPI"];

/**
 * Breaches of the "restricted" Pod Security Standard (1.32) and of this project's additions:
 * numeric user, read-only root, no token, resources. Covers the fields that the stack uses.
 */
export function hardeningProblems(pod: Pod): string[] {
  const { securityContext = {}, volumes = [] } = pod;
  const rules: [boolean, string][] = [
    [securityContext.runAsNonRoot === true, "may run as root"],
    [(securityContext.runAsUser ?? 0) > 0, "has no numeric user"],
    [securityContext.seccompProfile?.type === "RuntimeDefault", "has no seccomp profile"],
    [pod.automountServiceAccountToken === false, "gets a token"],
    [pod.hostNetwork !== true, "uses the host's network"],
    [
      (securityContext.sysctls ?? []).every(({ name }) => safeSysctls.includes(name)),
      "sets an unsafe sysctl",
    ],
    [
      volumes.every((volume) => Object.keys(volume).every((key) => safeVolumes.includes(key))),
      "mounts a volume of the host",
    ],
  ];
  const own = rules.filter(([holds]) => !holds).map(([, problem]) => problem);
  return [...own, ...pod.containers.flatMap(containerProblems)];
}

function containerProblems(container: Pod["containers"][number]): string[] {
  const { securityContext = {}, resources = {}, image } = container;
  const { drop = [], add = [] } = securityContext.capabilities ?? {};
  const rules: [boolean, string][] = [
    [securityContext.allowPrivilegeEscalation === false, "may gain privileges"],
    [securityContext.readOnlyRootFilesystem === true, "may write to its image"],
    [drop.includes("ALL"), "keeps capabilities"],
    [add.every((capability) => capability === "NET_BIND_SERVICE"), "adds a capability"],
    [Object.keys(resources.requests ?? {}).join() === "cpu,memory", "requests no resources"],
    [Object.keys(resources.limits ?? {}).join() === "cpu,memory", "has no limits"],
    [/[:@]/.test(image), "has no tag"],
  ];
  return rules.filter(([holds]) => !holds).map(([, problem]) => `${image} ${problem}`);
}

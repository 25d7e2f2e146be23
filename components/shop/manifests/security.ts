import type { ContainerSpec } from "../images/container-spec.ts";

const firstUnprivilegedPort = 1024;

/** Pod part of the "restricted" Pod Security level. */
export function restrictedPod(user: number, group = user) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    fsGroup: group,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** Container part of the "restricted" level, with a root file system that is read-only. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** Whether the process wants a port that only root may open by default. */
function opensPrivilegedPort({ port }: ContainerSpec): boolean {
  return port < firstUnprivilegedPort;
}

/**
 * Pod part for a service of the shop. Port 80 without root or privilege escalation needs the sysctl,
 * which the "restricted" level allows: it holds for the pod's own network only.
 */
export function podSecurityContext(container: ContainerSpec) {
  return {
    ...restrictedPod(container.uid, container.gid),
    ...(opensPrivilegedPort(container) && {
      sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
    }),
  };
}

/**
 * Container part for a service of the shop. NET_BIND_SERVICE stays where the binaries carry it as a
 * file capability: with it gone from the bounding set the kernel refuses to start them at all.
 */
export function containerSecurityContext(container: ContainerSpec) {
  if (!opensPrivilegedPort(container)) return restrictedContainer;
  const { capabilities } = restrictedContainer;
  return { ...restrictedContainer, capabilities: { ...capabilities, add: ["NET_BIND_SERVICE"] } };
}

import type { ContainerSpec } from "../images/container-spec.ts";

const firstUnprivilegedPort = 1024;

/** Whether the process wants a port that only root may open by default. */
function opensPrivilegedPort({ port }: ContainerSpec): boolean {
  return port < firstUnprivilegedPort;
}

/**
 * Pod part of the "restricted" Pod Security level. Port 80 without root or privilege escalation
 * needs the sysctl, which that level allows: it holds for the pod's own network only.
 */
export function podSecurityContext(container: ContainerSpec) {
  return {
    runAsNonRoot: true,
    runAsUser: container.uid,
    runAsGroup: container.gid,
    fsGroup: container.gid,
    seccompProfile: { type: "RuntimeDefault" },
    ...(opensPrivilegedPort(container) && {
      sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
    }),
  };
}

/**
 * Container part of the "restricted" level. NET_BIND_SERVICE stays where the binaries carry it as a
 * file capability: with it gone from the bounding set the kernel refuses to start them at all.
 */
export function containerSecurityContext(container: ContainerSpec) {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: {
      drop: ["ALL"],
      ...(opensPrivilegedPort(container) && { add: ["NET_BIND_SERVICE"] }),
    },
  };
}

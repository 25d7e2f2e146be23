import type { ContainerSpec } from "../images/container-spec.ts";

const startPeriod = 2;

/**
 * Startup, readiness and liveness probes. Liveness only asks whether the port is open: a failing
 * dependency must not restart a service, and each /health request of the Go services is a log line.
 */
export function probes(container: ContainerSpec, portName: string) {
  const port = { tcpSocket: { port: portName } };
  const ready =
    container.ready === "port" ? port : { httpGet: { path: container.ready.path, port: portName } };
  return {
    startupProbe: {
      ...ready,
      periodSeconds: startPeriod,
      timeoutSeconds: 2,
      failureThreshold: Math.ceil(container.startSeconds / startPeriod),
    },
    readinessProbe: { ...ready, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...port, periodSeconds: 20, timeoutSeconds: 3, failureThreshold: 3 },
  };
}

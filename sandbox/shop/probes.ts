import type { Clock } from "./clock.ts";

/** An HTTP probe of a container, as the pod template declares it. Times in seconds. */
export interface Probe {
  readonly kind: "liveness" | "readiness" | "startup";
  readonly path: string;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  /** Failures in a row until it counts as failed. */
  readonly failureThreshold: number;
}

export interface ProbeResult {
  readonly kind: Probe["kind"];
  readonly passing: boolean;
}

/**
 * Runs the probes at their own rate, as a kubelet does: they are most of what a Go service logs.
 * `get` returns the HTTP status; whatever it throws is a failure. `report` hears every change.
 */
export function runProbes(
  probes: readonly Probe[],
  clock: Clock,
  get: (path: string) => Promise<number>,
  report: (result: ProbeResult) => void,
): () => void {
  const stops = probes.map((probe) => runProbe(probe, clock, get, report));
  return () => {
    for (const stop of stops) stop();
  };
}

function runProbe(
  probe: Probe,
  clock: Clock,
  get: (path: string) => Promise<number>,
  report: (result: ProbeResult) => void,
): () => void {
  let stopped = false;
  let cancel: () => void;
  let failures = 0;
  let passing: boolean | undefined;

  const conclude = (now: boolean): void => {
    if (stopped || now === passing) return;
    passing = now;
    report({ kind: probe.kind, passing: now });
  };
  const beat = async (): Promise<void> => {
    const ok = await get(probe.path).then(
      (status) => status >= 200 && status < 400,
      () => false,
    );
    failures = ok ? 0 : failures + 1;
    if (ok || failures >= probe.failureThreshold) conclude(ok);
    if (!stopped) schedule(probe.periodSeconds);
  };
  const schedule = (seconds: number): void => {
    cancel = clock.after(seconds * 1000, () => void beat());
  };
  schedule(probe.initialDelaySeconds);

  return () => {
    stopped = true;
    cancel();
  };
}

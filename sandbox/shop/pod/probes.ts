import type { Clock } from "../clock.ts";

/** A probe of a container that asks it something, as the pod template declares it, in seconds. */
export interface Probe {
  readonly kind: "liveness" | "readiness" | "startup";
  /** Path of an HTTP probe. */
  readonly path: string;
  /** Program to run instead, inside of the container: exit code 0 passes. */
  readonly command?: readonly string[];
  readonly timeoutSeconds?: number;
  /** Port inside of the container; absent where the program opens only one. */
  readonly port?: number;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  /** Failures in a row until it counts as failed. */
  readonly failureThreshold: number;
}

interface ProbeResult {
  readonly kind: Probe["kind"];
  readonly passing: boolean;
}

/** Asks a probe's path; returns the HTTP status, and whatever it throws is a failure. */
type ProbeGet = (probe: Probe) => Promise<number>;

export interface ProbeArgs {
  readonly clock: Clock;
  readonly get: ProbeGet;
  /** Hears every change of a probe's result. */
  readonly report: (result: ProbeResult) => void;
}

/**
 * Runs the probes at their own rate, as a kubelet does: they are most of what a Go service logs.
 * A startup probe comes first and alone, until it has passed once. Returns a function that ends them.
 */
export function runProbes(probes: readonly Probe[], args: ProbeArgs): () => void {
  const lasting = probes.filter(({ kind }) => kind !== "startup");
  const startup = probes.find(({ kind }) => kind === "startup");
  let stops: readonly (() => void)[] = [];
  const runLasting = (): void => {
    stops = lasting.map((probe) => runProbe(probe, args));
  };
  if (startup === undefined) runLasting();
  else {
    const stop = runProbe(startup, {
      ...args,
      report: (result) => {
        args.report(result);
        stop();
        if (result.passing) runLasting();
      },
    });
    stops = [stop];
  }
  return () => {
    for (const stop of stops) stop();
  };
}

function runProbe(probe: Probe, { clock, get, report }: ProbeArgs): () => void {
  let stopped = false;
  let cancel = (): void => undefined;
  let failures = 0;
  let passing: boolean | undefined;

  const conclude = (now: boolean): void => {
    if (now === passing) return;
    passing = now;
    report({ kind: probe.kind, passing: now });
  };
  const beat = async (): Promise<void> => {
    const ok = await get(probe).then(
      (status) => status >= 200 && status < 400,
      () => false,
    );
    if (stopped) return;
    failures = ok ? 0 : failures + 1;
    if (ok || failures >= probe.failureThreshold) conclude(ok);
    schedule(probe.periodSeconds);
  };
  const schedule = (seconds: number): void => {
    // conclude() may have ended this very probe.
    if (!stopped) cancel = clock.after(seconds * 1000, () => void beat());
  };
  schedule(probe.initialDelaySeconds);

  return () => {
    stopped = true;
    cancel();
  };
}

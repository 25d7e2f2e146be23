import type { Health, KeptTelemetry, ShownState } from "./control-api.ts";
import type { Monitor, RequestRecord } from "./state.ts";

/** The stand-in's own surface, typed: for tests and the command line. */
export interface StandInClient {
  /** Whether a stand-in (and not something else) answers there. */
  isReady(): Promise<boolean>;
  state(): Promise<ShownState>;
  /** Requests so far; `unknown` alone are those the stand-in could not answer as Datadog would. */
  requests(which?: "all" | "unknown"): Promise<RequestRecord[]>;
  /** Metrics and service checks of a time, in milliseconds. */
  telemetry(from: number, to: number): Promise<KeptTelemetry>;
  /** The monitors of that name; Datadog lets several have the same. */
  monitorsNamed(name: string): Promise<Monitor[]>;
  reset(): Promise<void>;
}

export function standInClient(url: string): StandInClient {
  const ask = async (path: string, method = "GET"): Promise<unknown> => {
    const address = new URL(path, url);
    const reply = await fetch(address, { method, signal: AbortSignal.timeout(10_000) });
    if (!reply.ok) {
      throw new Error(`${method} ${address.href}: ${reply.status} ${await reply.text()}`);
    }
    return reply.json();
  };
  const state = async () => (await ask("/sandbox/state")) as ShownState;

  return {
    isReady: async () => {
      try {
        const health = (await ask("/sandbox/health")) as Partial<Health>;
        return health.standIn === "datadog";
      } catch {
        return false;
      }
    },
    state,
    requests: async (which = "all") => {
      const query = which === "unknown" ? "?unknown" : "";
      const { requests } = (await ask(`/sandbox/requests${query}`)) as {
        requests: RequestRecord[];
      };
      return requests;
    },
    telemetry: async (from, to) =>
      (await ask(`/sandbox/telemetry?from=${from}&to=${to}`)) as KeptTelemetry,
    monitorsNamed: async (name) => (await state()).monitors.filter((m) => m.name === name),
    reset: async () => {
      await ask("/sandbox/reset", "POST");
    },
  };
}

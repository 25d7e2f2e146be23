import type { AddressInfo } from "node:net";
import type { Monitor } from "../../../sandbox/datadog/state.ts";
import { idOf, metricMonitor, standIn, type StandIn } from "../datadog/stand-in.ts";
import { now } from "./tab.ts";

/** A page to look at, and a text that is there once it is drawn. */
interface PageToSee {
  readonly path: string;
  readonly shows: string;
  /** Whether it shows the hostile texts. */
  readonly isHostile?: boolean;
  /** Whether the API refuses what it asks, which it has to say. */
  readonly isRefused?: boolean;
}

export interface PageServer {
  readonly url: string;
  readonly pages: readonly PageToSee[];
  /** A monitor that is OK. */
  readonly quiet: { readonly id: number; readonly name: string };
  setState(id: number, status: "OK" | "Warn" | "Alert"): Promise<void>;
  unknownRequests(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A text that would run or deceive where it is taken for more than text. */
export const hostileText = {
  sent:
    '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script> ' +
    "[run](javascript:window.attacked=1) \u202Eterces",
  seen: '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>',
};

/** A stand-in on a free port, with monitors in every state and hostile texts in each place. */
export async function servePage(): Promise<PageServer> {
  const on = standIn();
  on.setNow(now);
  const quiet = await declareMonitor(on, "orders fail now and then", 3);
  const alerting = await declareMonitor(on, "payment has no available replica", 1);
  const hostile = await declareMonitor(on, hostileText.sent, 2);
  const silent = await declareMonitor(on, "an agent does not report", null);
  await setState(on, quiet, { "*": "OK" });
  await setState(on, alerting, { "*": "Alert" });
  await setState(on, hostile, { "host:<b>a</b>": "Warn", "host:b": "OK" });
  await setState(on, silent, { "*": "No Data" });
  await postEvents(on, hostile);
  await on.app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = on.app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    quiet: { id: quiet, name: "orders fail now and then" },
    pages: [
      { path: "/", shows: "payment has no available replica", isHostile: true },
      { path: "/monitors/manage", shows: "an agent does not report", isHostile: true },
      { path: "/monitors/manage?q=nothing-at-all", shows: "No monitor matches" },
      { path: "/monitors/manage?q=odd:term", shows: "cannot search by", isRefused: true },
      { path: `/monitors/${alerting}`, shows: "Message as people get it" },
      { path: `/monitors/${hostile}`, shows: "Message as people get it", isHostile: true },
    ],
    setState: (id, status) => setState(on, id, { "*": status }),
    unknownRequests: async () => {
      const { requests } = (await on.send("GET /sandbox/requests?unknown")).body as {
        requests: { method: string; url: string }[];
      };
      return requests.map(({ method, url }) => `${method} ${url}`);
    },
    close: () => on.app.close(),
  };
}

async function declareMonitor(on: StandIn, name: string, priority: number | null): Promise<number> {
  const message =
    `{{#is_alert}}**down**: ${hostileText.sent}{{/is_alert}}{{#is_recovery}}up{{/is_recovery}}\n` +
    "First: look at http://127.0.0.1:2026/logs?query=service%3Apayment\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
  const body = metricMonitor({ name, message, priority });
  return Number(idOf(await on.send("POST /api/v1/monitor", body)));
}

async function setState(
  on: StandIn,
  id: Monitor["id"],
  groups: Readonly<Record<string, "OK" | "Warn" | "Alert" | "No Data">>,
): Promise<void> {
  const since = Date.parse(now) - 600_000;
  const known = {
    of: "",
    since,
    evaluated: since,
    downtimes: [],
    groups: Object.fromEntries(
      Object.entries(groups).map(([name, status]) => [name, { status, since }]),
    ),
  };
  await on.change((state) => ({
    ...state,
    evaluation: {
      ...state.evaluation,
      monitors: { ...state.evaluation.monitors, [id]: known },
    },
  }));
}

async function postEvents(on: StandIn, monitor: number): Promise<void> {
  const at = Date.parse(now) / 1000;
  const events = [
    {
      title: "Sock Shop: incident payment-down is staged",
      tags: ["marker:incident", "phase:start"],
    },
    { title: hostileText.sent, tags: ["source:kubernetes"] },
  ];
  for (const [index, event] of events.entries()) {
    await on.send("POST /api/v1/events", {
      ...event,
      text: hostileText.sent,
      date_happened: at - 900 + index,
      alert_type: "warning",
    });
  }
  await on.change((state) => ({
    ...state,
    events: [
      ...state.events,
      {
        id: 1,
        title: `[Warn on host:<b>a</b>] ${hostileText.sent}`,
        text: hostileText.sent,
        date_happened: at - 600,
        tags: ["source:monitor", `monitor_id:${monitor}`],
        priority: "normal",
        alert_type: "warning",
        monitor_id: monitor,
      },
    ],
  }));
}

import type { SyntheticsTestArgs } from "@pulumi/datadog/syntheticsTest.js";
import type * as pulumi from "@pulumi/pulumi";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { failedOrders, type Scope, whereOf } from "../datadog/queries.ts";
import { definedTags } from "../monitors/monitor-args.ts";
import {
  type AnnouncedMonitor,
  type MessageLinks,
  messageOf,
} from "../monitors/monitor-message.ts";
import { datadogService } from "../shop/catalogue.ts";
import { checkoutSteps, checkoutVariables } from "./checkout-steps.ts";

/** Heading of the monitor in the runbook. */
export const checkoutKey = "checkout";

/** What the monitor of the test says, as those of the other monitors. */
function checkout(scope: Scope) {
  return {
    key: checkoutKey,
    title: "a customer cannot order",
    service: datadogService("front-end"),
    priority: 2,
    notifies: true,
    // One run, and the one before it.
    minutes: 2,
    renotify: { everyMinutes: 30, times: 4 },
    message: {
      alert: "The synthetic customer could not register, fill the cart and order.",
      recovery: "The synthetic customer can order again.",
      check:
        "see which step failed in the test's newest run; without customers this is all there is.",
      logs: failedOrders(whereOf(scope), "refused", "timeout", "failed"),
      dashboard: dashboardTitles.timeline,
    },
  } as const satisfies AnnouncedMonitor & { readonly title: string };
}

/** Seconds between two runs. Each run is an order of its own. */
const tickSeconds = 60;

/** Address of the front-end inside of the cluster. */
function frontEndOf({ namespace }: Scope): string {
  return `http://front-end.${namespace}.svc.cluster.local`;
}

/**
 * The test of several steps. Its first failed run alerts: a step that fails is tried once more
 * before, and there is only one location.
 */
export function checkoutTestArgs(
  place: Scope & MessageLinks,
  location: pulumi.Input<string>,
): SyntheticsTestArgs {
  const definition = checkout(place);
  const { title, priority, renotify } = definition;
  return {
    name: `[sock-shop] ${title}`,
    type: "api",
    subtype: "multi",
    status: "live",
    locations: [location],
    message: messageOf(definition, place),
    tags: [...definedTags(definition, place)],
    configVariables: checkoutVariables,
    apiSteps: [...checkoutSteps(frontEndOf(place))],
    optionsList: {
      tickEvery: tickSeconds,
      minFailureDuration: 0,
      minLocationFailed: 1,
      retry: { count: 1, interval: 1000 },
      monitorName: `[sock-shop] ${title}`,
      monitorPriority: priority,
      monitorOptions: {
        renotifyInterval: renotify.everyMinutes,
        renotifyOccurrences: renotify.times,
      },
    },
  };
}

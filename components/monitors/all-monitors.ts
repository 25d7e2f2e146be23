import type { ImageSetName } from "../shop/images/image-sets.ts";
import { burnRateMonitors } from "./burn-rate-monitors.ts";
import { causeMonitors } from "./cause-monitors.ts";
import { compositeMonitors } from "./composite-monitors.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import { lostMoneyMonitors } from "./lost-money-monitors.ts";
import { type Scope, whereOf } from "../datadog/queries.ts";
import { symptomMonitors } from "./symptom-monitors.ts";
import { telemetryMonitors } from "./telemetry-monitors.ts";

/** The shop to watch: its place, and what its images can tell. */
export interface WatchedShop extends Scope {
  readonly images: { readonly set: ImageSetName };
}

/** Monitors of the payment incident; those that join others come after them. */
export function paymentMonitors(shop: WatchedShop): readonly MonitorDefinition[] {
  const where = whereOf(shop);
  return [
    ...causeMonitors(where),
    ...symptomMonitors(where, shop.images.set),
    ...lostMoneyMonitors(where),
    ...telemetryMonitors(where, shop),
    ...compositeMonitors(where),
    ...burnRateMonitors(where),
  ];
}

import { incidentTimeline } from "../../../components/dashboards/incident-timeline.ts";
import type { Frame } from "../../../components/dashboards/layout.ts";
import { orderReconciliation } from "../../../components/dashboards/order-reconciliation.ts";
import { burnRates } from "../../../components/monitors/slos.ts";

/** What boards of specs preset and link. */
export const frame: Frame = {
  preset: { cluster: "kind-1", namespace: "socks" },
  links: {
    app: "https://us5.datadoghq.com/",
    shop: "http://localhost:2025",
    runbook: "https://wiki.example.com/runbook",
  },
};

const { fast, slow, availability } = burnRates;

/** The declared boards, with ids that are easily told apart. */
export const boards = {
  timeline: incidentTimeline(frame, {
    orders: { id: "abc", target: 99, rates: [fast, slow] },
    payment: { id: "def", target: 99.5, rates: [availability] },
    monitors: { cause: "1", rootCause: "2" },
  }),
  reconciliation: orderReconciliation(frame),
};

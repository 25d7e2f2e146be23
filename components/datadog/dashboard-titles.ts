/** Titles of the dashboards: a monitor's message finds its dashboard by them. */
export const dashboardTitles = {
  timeline: "Sock Shop incident timeline",
  reconciliation: "Sock Shop order reconciliation",
} as const;

/** A title that tells the shops of one account apart; the shop of the usual name needs nothing. */
export function titleIn(title: DashboardTitle, namespace: string): string {
  return namespace === "sock-shop" ? title : `${title} (${namespace})`;
}

export type DashboardTitle = (typeof dashboardTitles)[keyof typeof dashboardTitles];

/** Titles of the dashboards: a monitor's message finds its dashboard by them. */
export const dashboardTitles = {
  timeline: "Sock Shop incident timeline",
  reconciliation: "Sock Shop order reconciliation",
} as const;

export type DashboardTitle = (typeof dashboardTitles)[keyof typeof dashboardTitles];

import { type Scope, unparsedSearch } from "../../datadog/queries.ts";

/** What the index of a stack may hold. */
export interface IndexLimits {
  /** Events that are indexed in a day at most. */
  readonly dailyLimit: number;

  /** Days for which they can be searched. */
  readonly retentionDays: number;
}

const wrong = "status:(warn OR error OR critical OR alert OR emergency)";
const shopSources = "source:(spring-boot OR go-kit OR nodejs-express)";

/**
 * Searches for the lines that somebody reads: how each order ended, what went wrong, what no rule
 * reads, and what the load says of itself.
 */
export const businessSearches: readonly string[] = [
  "@order.outcome:*",
  "@order.status:*",
  `(${shopSources} ${wrong})`,
  `(${unparsedSearch})`,
  "service:locust",
];

/**
 * Search for all other lines, such as payment's heartbeat, its authorisations, and requests that went
 * well: log metrics count them before any index.
 */
export const routineSearch = businessSearches.map((search) => `-${search}`).join(" ");

/** What npm prints below the first words about a program that ended. */
const npmSearch = 'source:nodejs-express "npm ERR!" -"npm ERR! code"';

/**
 * The stack's index as the resource takes it. Its name stays for ever in the account: one that was
 * deleted cannot be created again, so that each cluster has a name of its own.
 */
export function indexArgs({ clusterName, namespace }: Scope, limits: IndexLimits) {
  const exclude = (name: string, query: string) => ({
    name,
    isEnabled: true,
    filters: [{ query, sampleRate: 1 }],
  });
  return {
    name: `sock-shop-${clusterName.replaceAll(".", "-")}`,
    filters: [{ query: `kube_namespace:${namespace}` }],
    exclusionFilters: [
      exclude("Routine lines, counted as metrics", routineSearch),
      exclude("Reports of npm, but for the first line", npmSearch),
    ],
    ...limits,
    disableDailyLimit: false,
    dailyLimitWarningThresholdPercentage: 80,
    tags: ["managed-by:pulumi", "team:sock-shop"],
  };
}

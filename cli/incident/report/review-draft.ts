import type { RunResult } from "../run/result.ts";

/**
 * A post-incident review with everything filled in that is known, so that people write causes and
 * actions only. Headings follow the templates of Google's SRE book and PagerDuty.
 */
export function reviewDraft(result: RunResult): string {
  const { options, landed, clocks, restoredBy, orders, evidence } = result;
  const row = (what: string, mark: { at: string; seconds: number; by: string } | undefined) =>
    mark === undefined
      ? `| ${what} | not within the exercise | | |`
      : `| ${what} | ${mark.at} | ${mark.seconds} s | ${mark.by} |`;
  const impact =
    orders === undefined
      ? ["Not measured: the shop has no ledger outside of the sandbox."]
      : [
          `${orders.failed} of ${orders.tried} attempts to order failed, ${orders.placed} were placed, ` +
            `${orders.declined} payments were declined as on any other day.`,
          `Money was taken for ${orders.lost} orders that were not saved, for ` +
            `${orders.paidButFailed} saved as failed, for ${orders.paidNotShipped} never shipped; ` +
            `${orders.duplicated} were paid or saved twice.`,
        ];
  return `# Post-incident review: ${options.incident}

Draft of run ${result.run}. Times are UTC. People did what made sense with what they knew then.

## Summary

${options.incident} was staged at ${landed ?? "no known time"}. ${restoredBy}.

## Impact

${impact.join("\n")}

## Time line

| what | when | after | by |
| --- | --- | --- | --- |
| fault | ${landed ?? "-"} | 0 s | the exercise |
${row("detected", clocks.detected)}
${row("restored", clocks.mitigated)}
${row("orders again", clocks.recovered)}

## What was seen

- Kubernetes: ${evidence?.cluster ?? "nothing"}
- orders: ${evidence?.requests.length ?? 0} requests failed because of it

## Contributing causes

_To be written._

## What went well, what was hard, where we were lucky

_To be written._

## Actions

| action | type (detect, prevent, mitigate) | owner | due |
| --- | --- | --- | --- |
|  |  |  |  |
`;
}

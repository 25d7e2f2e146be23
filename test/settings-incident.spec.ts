import { expect } from "chai";
import { parseSettings, report } from "../settings.ts";

/** The problems of one group's value, as the user sees them. */
function linesOf(plain: Readonly<Record<string, string>>): string[] {
  const all = { datadogApiUrl: "http://127.0.0.1:2026/", ...plain };
  const result = parseSettings({ plain: all, secrets: {} }, "/home/me");
  return "problems" in result ? report(result.problems).split("\n  ").slice(1) : [];
}

describe("settings of faults and load", () => {
  const refusedFaults: readonly (readonly [member: string, value: unknown, allowed: string])[] = [
    ["delay", "5s", "a duration from 1s to 60s other than 5s"],
    ["delay", "61s", "a duration from 1s to 60s other than 5s"],
    ["delay", "2m", "a duration from 1s to 60s other than 5s"],
    ["delay", "0s", "a duration from 1s to 60s other than 5s"],
    ["delay", 8, "a duration from 1s to 60s other than 5s"],
    ["status", 499, "a whole number from 500 to 599"],
    ["status", 600, "a whole number from 500 to 599"],
    ["percentage", 9, "a whole number from 10 to 100"],
    ["percentage", 101, "a whole number from 10 to 100"],
    ["percentage", 12.5, "a whole number from 10 to 100"],
    ["image", "envoyproxy/envoy", "an image with a tag or digest"],
  ];
  for (const [member, value, allowed] of refusedFaults) {
    it(`refuse the fault's ${member} ${JSON.stringify(value)}`, () => {
      const lines = linesOf({ faults: JSON.stringify({ [member]: value }) });

      expect(lines).to.have.length(1);
      expect(lines[0]).to.contain(`sock-shop:faults.${member}: expected ${allowed}`);
    });
  }

  for (const withoutIncident of ["off", "always", true, ""]) {
    it(`refuse ${JSON.stringify(withoutIncident)} as what customers do without an incident`, () => {
      const lines = linesOf({ load: JSON.stringify({ withoutIncident }) });

      expect(lines).to.deep.equal([
        'sock-shop:load.withoutIncident: expected "nothing" or "orders" or "declines", got ' +
          `${JSON.stringify(withoutIncident)}; ` +
          "set it with: pulumi config set --path load.withoutIncident orders",
      ]);
    });
  }
});

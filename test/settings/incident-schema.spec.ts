import { expect } from "chai";
import { parseSettings, report } from "../../settings/settings.ts";

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

  for (const incidentLease of ["59s", "86401s", "25h", "2 hours", "0m"]) {
    it(`refuse the lease "${incidentLease}"`, () => {
      expect(linesOf({ incidentLease, load: '{"runTime":"10s"}' })).to.deep.equal([
        "sock-shop:incidentLease: expected a duration from 1m to 24h, such as 90s, 30m or 2h, got " +
          `"${incidentLease}"; set it with: pulumi config set incidentLease 30m`,
      ]);
    });
  }

  it("take the shortest and the longest lease", () => {
    expect(linesOf({ incidentLease: "60s", load: '{"runTime":"10s"}' })).to.deep.equal([]);
    expect(linesOf({ incidentLease: "24h" })).to.deep.equal([]);
  });

  it("refuse a lease that ends before the load does, and take one that ends with it", () => {
    const load = '{"runTime":"90s"}';

    expect(linesOf({ incidentLease: "90s", load })).to.deep.equal([]);
    expect(linesOf({ incidentLease: "89s", load })).to.deep.equal([
      'sock-shop:incidentLease: expected at least load.runTime, which is 90s, got "89s"; ' +
        "set it with: pulumi config set incidentLease 90s",
    ]);
  });

  it("take 1 to 10 workers of the load, and no others", () => {
    const linesFor = (workers: unknown) => linesOf({ load: JSON.stringify({ workers }) });

    expect(linesFor(1)).to.deep.equal([]);
    expect(linesFor(10)).to.deep.equal([]);
    for (const workers of [0, 11, 1.5, -1]) {
      expect(linesFor(workers)).to.deep.equal([
        `sock-shop:load.workers: expected a whole number from 1 to 10, got ${workers}; ` +
          "set it with: pulumi config set --path load.workers 3",
      ]);
    }
  });

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

import { expect } from "chai";
import { parseSettings, report } from "../../settings/settings.ts";

/** The problems as the user sees them; none when the configuration is accepted. */
function linesOf(key: string, value: string): string[] {
  const plain = { datadogApiUrl: "http://127.0.0.1:2026/", [key]: value };
  const result = parseSettings({ plain, secrets: {} }, "/home/me");
  return "problems" in result ? report(result.problems).split("\n  ").slice(1) : [];
}

describe("the keys of what is declared beside the monitors", () => {
  const refused = [
    ["notifyDrills", "no"],
    ["notifyDrills", ""],
    ["routing", "tags"],
    ["synthetics", "public"],
    ["syntheticsImage", "worker"],
    ["secretScanner", "on"],
    ["declareIncidents", "yes"],
  ] as const;
  for (const [key, value] of refused) {
    it(`refuse ${key} ${JSON.stringify(value)}`, () => {
      expect(linesOf(key, value)).to.have.length(1);
      expect(linesOf(key, value)[0]).to.match(
        new RegExp(`^sock-shop:${key}: expected .+, got ${JSON.stringify(value)}; .+`),
      );
    });
  }

  const accepted = [
    ["notifyDrills", "true"],
    ["notifyDrills", "false"],
    ["routing", "messages"],
    ["routing", "rules"],
    ["synthetics", "none"],
    ["synthetics", "private"],
    ["syntheticsImage", "registry.example.com/worker:1.60.0"],
    ["secretScanner", "true"],
    ["declareIncidents", "true"],
  ] as const;
  for (const [key, value] of accepted) {
    it(`accept ${key} ${value}`, () => {
      expect(linesOf(key, value)).to.deep.equal([]);
    });
  }
});

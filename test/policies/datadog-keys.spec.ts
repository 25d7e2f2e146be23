import { expect } from "chai";
import { problemsOf } from "../support/problems.ts";
import { resource } from "../support/policies/rule-case.ts";

describe("the keys of the agent's chart", () => {
  const installed = (chart: string) =>
    problemsOf("datadog-keys-by-secret", [
      resource("kubernetes:helm.sh/v3:Release", "agent", {
        chart,
        values: {
          datadog: { apiKey: "x" },
          clusterAgent: { tokenExistingSecret: "token" },
        },
      }),
    ]);

  for (const chart of [
    "datadog",
    "datadog/datadog",
    "./charts/datadog",
    "https://helm.example.com/datadog-3.240.0.tgz",
    "https://helm.example.com/datadog-v3.240.0-rc.1.tgz?download=1",
    "oci://registry.example.com:5000/charts/datadog",
    "oci://registry.example.com/charts/datadog:3.240.0",
    `oci://registry.example.com/charts/datadog@sha256:${"0".repeat(64)}`,
  ]) {
    it(`come from Secrets for ${chart}`, () => {
      expect(installed(chart)).to.deep.equal([
        "agent: value datadog.apiKey is given.",
        "agent: value datadog.apiKeyExistingSecret names no Secret.",
      ]);
    });
  }

  for (const chart of ["datadog-operator", "https://helm.example.com/datadog-crds-2.0.0.tgz"]) {
    it(`are not asked of ${chart}`, () => {
      expect(installed(chart)).to.deep.equal([]);
    });
  }
});

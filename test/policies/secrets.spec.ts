import { expect } from "chai";
import fc from "fast-check";
import type { Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { judgeAll } from "../../policies/verdict.ts";
import { resource } from "../support/rule-case.ts";

const secret = "c0ffee00c0ffee00c0ffee00c0ffee00";

function deployment(container: object, annotations: object = {}): Resource {
  return resource("kubernetes:apps/v1:Deployment", "shop", {
    metadata: { annotations },
    spec: { template: { spec: { containers: [{ name: "shop", ...container }] } } },
  });
}

function problems(...resources: readonly Resource[]): string[] {
  const own = rules.filter(({ name }) => name === "no-secret-literals");
  const findings = judgeAll(own, { name: "sandbox", resources });
  return findings.map(({ message }) => message.split("\n")[0] ?? "");
}

describe("secrets in the clear", () => {
  it("are found in every place, and named without their value", () => {
    const found = problems(
      deployment({ env: [{ name: "DD_API_KEY", value: secret }] }),
      deployment({ args: ["--password=hunter2", "--token", "abc", `https://u:p@host/`] }),
      deployment({}, { note: secret }),
      resource("kubernetes:core/v1:ConfigMap", "settings", { data: { "db-password": "hunter2" } }),
      resource("kubernetes:helm.sh/v3:Release", "datadog", {
        chart: "other",
        values: { datadog: { apiKey: "x" }, list: [{ token: "abc" }] },
      }),
    );

    expect(found).to.deep.equal([
      "shop: container shop, variable DD_API_KEY holds a secret in the clear.",
      "shop: container shop, argument password holds a secret in the clear.",
      "shop: container shop, argument token holds a secret in the clear.",
      "shop: container shop, argument 3 holds a secret in the clear.",
      "shop: annotation note holds a secret in the clear.",
      "settings: data db-password holds a secret in the clear.",
      "datadog: value datadog.apiKey holds a secret in the clear.",
      "datadog: value list[0].token holds a secret in the clear.",
    ]);
  });

  it("are masked where they are a name themselves", () => {
    const found = problems(
      deployment({ env: [{ name: secret, value: secret }], args: [`--${secret}=${secret}`] }),
      deployment({}, { [secret]: secret }),
    );

    expect(found).to.deep.equal([
      "shop: container shop, variable … holds a secret in the clear.",
      "shop: container shop, argument … holds a secret in the clear.",
      "shop: annotation … holds a secret in the clear.",
    ]);
  });

  it("are not suspected in references, digests and switches", () => {
    const secretKeyRef = { name: "catalogue-db", key: "root-password" };
    const found = problems(
      deployment({
        env: [
          { name: "DD_API_KEY", valueFrom: { secretKeyRef } },
          { name: "PASSWORD_FILE", value: "/run/secrets/password" },
          { name: "TOKEN_ENABLED", value: "true" },
        ],
        image: `shop@sha256:${"0".repeat(64)}`,
        args: ["--url=http://user-db:27017/users"],
      }),
      resource("kubernetes:helm.sh/v3:Release", "datadog", {
        values: { datadog: { apiKeyExistingSecret: "keys" }, clusterAgent: { token: false } },
      }),
      // a Secret is where they belong
      resource("kubernetes:core/v1:Secret", "keys", { stringData: { "api-key": secret } }),
    );

    expect(found).to.deep.equal([]);
  });

  it("never stand in a message, whatever surrounds them", () => {
    const words = ["password", "apiKey", "token", "note", "data", "value", "name", secret];
    const word = fc.constantFrom(...words);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constant(secret),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(word, tie("tree"), { maxKeys: 3 }),
      ),
    }));
    const own = rules.filter(({ name }) => name.includes("secret"));

    fc.assert(
      fc.property(tree, tree, (values, annotations) => {
        const resources = [
          resource("kubernetes:helm.sh/v3:Release", "datadog", { chart: "datadog", values }),
          deployment({ env: [values], args: [values] }, { annotations }),
          resource("kubernetes:core/v1:ConfigMap", "c", { data: values }),
        ];
        const text = JSON.stringify(judgeAll(own, { name: "sandbox", resources }));
        expect(text).to.not.contain(secret);
      }),
      { numRuns: 500 },
    );
  });
});

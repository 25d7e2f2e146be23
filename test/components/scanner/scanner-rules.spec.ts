import { expect } from "chai";
import { RE2JS } from "re2js";
import { groupArgs, ruleArgs } from "../../../components/scanner/scanner-args.ts";
import { maskedWords, scannerRules } from "../../../components/scanner/scanner-rules.ts";
import { evaluateAll } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";
import { judgedStack } from "../../support/policies/judged-stack.ts";

// What the patterns match, by RE2; not that Datadog's scanner, whose engine is not public, agrees.

const compiled = scannerRules.map((rule) => ({ ...rule, regex: RE2JS.compile(rule.pattern) }));

/** A line after all rules, as the scanner replaces what it finds and is not suppressed. */
function scanned(line: string): string {
  return compiled.reduce((text, { regex, replacement }) => {
    const matcher = regex.matcher(text);
    let [result, end] = ["", 0];
    while (matcher.find()) {
      const found = matcher.group() ?? "";
      const isMasked = maskedWords.some((word) => found.endsWith(word));
      result += text.slice(end, matcher.start()) + (isMasked ? found : replacement);
      end = matcher.end();
    }
    return result + text.slice(end);
  }, line);
}

const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "dozjgNryP4J3jVmNHl0w5N"].join(".");

describe("the rules of the secret scanner", () => {
  const secrets: readonly (readonly [line: string, masked: string])[] = [
    ["card 4111111111111111 declined", "card masked_pan declined"],
    ['{"longNum":"4111 1111 1111 1111"}', '{"longNum":"masked_pan"}'],
    ["amex 378282246310005", "amex masked_pan"],
    ["ccv=123 expires 12/30", "masked_cvv expires 12/30"],
    ['"cvv":"958"', '"masked_cvv"'],
    ["login with password=hunter2 failed", "login with masked_secret failed"],
    ['{"password":"s3cr3t!","user":"eve"}', '{"masked_secret","user":"eve"}'],
    ["api_key: 0123456789abcdef", "masked_secret"],
    ["Authorization: Bearer abcdefghijklmnop1234", "Authorization: masked_secret"],
    [`jwt ${jwt} seen`, "jwt masked_secret seen"],
    ["key AKIAIOSFODNN7EXAMPLE", "key masked_secret"],
    ["mongodb://root:example@orders-db/data", "mongodb://masked_secret@orders-db/data"],
    ["-----BEGIN RSA PRIVATE KEY-----MIIEpAIBAAKCAQEA", "masked_secret"],
    ["mail to eve.berger@example.com", "mail to masked_email"],
  ];
  for (const [line, masked] of secrets) {
    it(`mask ${masked}`, () => {
      expect(scanned(line)).to.match(/masked_/);
      expect(scanned(line)).to.equal(masked);
    });
  }

  const harmless = [
    "ts=2027-01-05T10:00:00Z caller=logging.go:32 method=Authorise amount=19.99 took=12µs result=true",
    "2027-01-05 10:00:00.123 INFO [orders,6f9b0d5c7e1a2b3c,6f9b0d5c7e1a2b3c,false] 1 --- [http] o.O : ok",
    "POST /orders 201 35.4 ms - 1024",
    '{"password":"masked_secret","longNum":"masked_pan","mail":"masked_email"}',
    "password=masked_secret token=masked_secret ccv=masked_cvv",
    "order 5a8b1c2d3e4f5a6b7c8d9e0f is saved",
    "the password was reset",
    "http://user:8080/health",
  ];
  for (const line of harmless) {
    it(`leave ${line.slice(0, 40)}… as it is`, () => {
      expect(scanned(line)).to.equal(line);
    });
  }

  it("match nothing in an empty text, and look neither ahead nor back", () => {
    for (const { key, regex, pattern } of compiled) {
      expect(regex.matches(""), key).to.equal(false);
      expect(pattern).to.not.match(/\(\?[=!<]/);
    }
    expect(new Set(scannerRules.map(({ key }) => key)).size).to.equal(scannerRules.length);
  });
});

describe("the scanner's group", () => {
  const scope = { clusterName: "kind-1", namespace: "socks" };

  it("is of this stack's logs alone, by a name that no other stack has", () => {
    const { name, filter, productLists } = groupArgs(scope);

    expect(filter).to.deep.equal({ query: "kube_cluster_name:kind-1 kube_namespace:socks" });
    expect(productLists).to.deep.equal(["logs"]);
    expect(name).to.equal("[sock-shop] socks of kind-1");
  });

  it("replaces by the agent's words, and lets them stand", () => {
    for (const rule of scannerRules) {
      const { textReplacement, suppressions } = ruleArgs(rule, "g");
      expect(textReplacement).to.deep.include({ type: "replacement_string" });
      expect(maskedWords.some((word) => rule.replacement.includes(word))).to.equal(true);
      expect(suppressions).to.deep.equal({ endsWiths: maskedWords });
    }
  });

  it("is declared only where it is asked for, without the order of all groups", async () => {
    const typesOf = async (config: Readonly<Record<string, string>>) =>
      (await stackGraph(config)).resources
        .map(({ type }) => type.split(":").at(-1) ?? "")
        .filter((type) => type.startsWith("SensitiveDataScanner"));

    expect(await typesOf({})).to.deep.equal([]);
    const declared = await typesOf({ "sock-shop:secretScanner": "true" });
    expect(declared).to.have.length(1 + scannerRules.length);
    expect(new Set(declared)).to.deep.equal(
      new Set(["SensitiveDataScannerGroup", "SensitiveDataScannerRule"]),
    );
  });

  it("complies with every policy", async () => {
    const stack = await judgedStack("sandbox", "none", { "sock-shop:secretScanner": "true" });

    expect(evaluateAll(rules, stack)).to.deep.equal([]);
  });
});

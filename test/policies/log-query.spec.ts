import { expect } from "chai";
import fc from "fast-check";
import { isLimited, isNarrow } from "../../policies/log-query.ts";

describe("a search", () => {
  for (const search of [
    "service:orders",
    "service:(orders OR carts)",
    "service:(orders carts)",
    "* AND service:orders",
    "service:orders -status:debug",
    "(service:orders OR source:java) status:*",
    'NOT status:debug "Payment failed"',
    "service:ord*",
    "@http.status_code:[500 TO 599]",
    "env IN (demo, test)",
    "env:demo,!pod_phase:failed",
    "service:orders NOT (*)",
  ]) {
    it(`${search} is limited`, () => {
      expect(isLimited(search, isNarrow)).to.equal(true);
    });
  }

  for (const search of [
    "",
    "*",
    "**",
    "(*)",
    "* AND *",
    '""',
    "service:*",
    "*:*",
    "-service:orders",
    "!env:demo",
    "NOT service:orders",
    "NOT (service:orders)",
    "-(service:orders)",
    "service:orders OR *",
    "service:orders OR -source:java",
    "source:java (service:*) OR *",
    "service:(orders OR *)",
    "env NOT IN (demo, test)",
    "env IN (demo, *)",
    "@duration:[* TO *]",
    "service:orders) OR *",
    'service:orders OR "("',
    "service:orders OR",
  ]) {
    it(`${search} is not`, () => {
      expect(isLimited(search, isNarrow)).to.equal(false);
    });
  }

  it("is asked word by word, with the key that stands before a bracket", () => {
    const asked: string[] = [];
    isLimited('tag:(incident:a AND "b c") $env host:(x, -y)', ({ key, value }) => {
      asked.push(`${key ?? ""}|${value}`);
      return false;
    });

    expect(asked).to.deep.equal(["incident|a", "tag|b c", "|$env", "host|x", "host|y"]);
  });

  it("is judged whatever is written there", () => {
    const word = fc.constantFrom("(", ")", ",", "OR", "NOT", "-", '"', "[", "a:", "*", "x", ":");

    fc.assert(
      fc.property(fc.array(word), fc.constantFrom("", " "), (found, space) => {
        expect(isLimited(found.join(space), isNarrow)).to.be.a("boolean");
      }),
      { numRuns: 500 },
    );
  });
});

import { expect } from "chai";
import { isNodeCidr } from "../../settings/node-cidrs.ts";
import { parseSettings, report } from "../../settings/settings.ts";

describe("ranges of nodes", () => {
  for (const range of [
    "10.244.1.1/32",
    "10.244.1.0/24",
    "172.18.0.0/16",
    "fd00:10:244::1/128",
    "fd00:10::/64",
  ]) {
    it(`may be ${range}`, () => {
      expect(isNodeCidr(range)).to.equal(true);
    });
  }

  for (const range of [
    "10.244.1.1",
    "10.244.0.0/15",
    "0.0.0.0/0",
    "10.244.1.1/24",
    "10.244.1.1/33",
    "10.244.1/24",
    "10.244.1.1/32/8",
    "fd00::/63",
    "fd00::1/129",
    "node-1/32",
    "",
  ]) {
    it(`may not be ${JSON.stringify(range)}`, () => {
      expect(isNodeCidr(range)).to.equal(false);
    });
  }

  it("are refused in one line, which says what was got and what is allowed", () => {
    const plain = {
      datadogApiUrl: "http://127.0.0.1:2026/",
      nodeCidrs: '["10.0.0.1/32","10.244.0.0/15"]',
    };

    const result = parseSettings({ plain, secrets: {} }, "/home/me");

    const lines = "problems" in result ? report(result.problems).split("\n  ").slice(1) : [];
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^sock-shop:nodeCidrs\S*: expected a list of at most 100 ranges/);
    expect(lines[0]).to.contain('got "10.244.0.0/15"; ');
  });
});

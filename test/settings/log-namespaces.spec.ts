import { expect } from "chai";
import { parseSettings } from "../../settings/settings.ts";

function problemsOf(plain: Readonly<Record<string, string>>): readonly string[] {
  const sandbox = { datadogApiUrl: "http://127.0.0.1:2026/" };
  const result = parseSettings({ plain: { ...sandbox, ...plain }, secrets: {} }, "/home/ada");
  if (!("problems" in result)) return [];
  return result.problems.map(({ key, problem }) => `${key}: ${problem}`);
}

describe("namespaces whose logs are read", () => {
  for (const wanted of ["*", "te*", "team-*-x", "Team-*", "123"]) {
    it(`are not called ${wanted}`, () => {
      const [problem, ...others] = problemsOf({ logNamespaces: wanted });

      expect(others).to.deep.equal([]);
      expect(problem).to.match(
        /^logNamespaces: expected the name of a namespace, or at least three/,
      );
    });
  }

  for (const wanted of ["sock-shop", "soc*", "sock-shop*"]) {
    it(`are ${wanted}, of which the stack's own is one`, () => {
      expect(problemsOf({ logNamespaces: wanted })).to.deep.equal([]);
    });
  }

  it("must take in the stack's own, whose logs nobody would read otherwise", () => {
    for (const wanted of ["team-*", "sock-shop-2", "sock-shop-*"]) {
      expect(problemsOf({ logNamespaces: wanted })).to.deep.equal([
        "logNamespaces: expected a name or beginning that takes in the stack's own namespace " +
          `sock-shop, got "${wanted}"; set it with: pulumi config set logNamespaces sock-shop`,
      ]);
      expect(problemsOf({ logNamespaces: wanted, namespace: "team-1" })).to.have.length(
        wanted === "team-*" ? 0 : 1,
      );
    }
  });

  it("may be any where another stack reads the logs", () => {
    expect(problemsOf({ logNamespaces: "team-*", logPipeline: "shared" })).to.deep.equal([]);
  });
});

import { expect } from "chai";
import { problemsOf } from "../support/problems.ts";
import { resource } from "../support/policies/rule-case.ts";

describe("what an index or an archive of logs takes", () => {
  const index = (...queries: readonly string[]) =>
    problemsOf("pipeline-filter", [
      resource("datadog:index/logsIndex:LogsIndex", "own", {
        name: "own",
        filters: queries.map((query) => ({ query })),
      }),
    ]);
  const archive = (query: string) =>
    problemsOf("pipeline-filter", [
      resource("datadog:index/logsArchive:LogsArchive", "own", { name: "own", query }),
    ]);

  it("is the shop's logs", () => {
    expect(index("kube_namespace:sock-shop")).to.deep.equal([]);
    expect(archive("kube_namespace:sock-shop*")).to.deep.equal([]);
  });

  for (const query of ["*", "", "-service:a", "kube_namespace:*", "service:a OR *"]) {
    it(`is not everybody's, as "${query}" is`, () => {
      expect(index(query)).to.deep.equal(["own: it takes all logs."]);
      expect(archive(query)).to.deep.equal(["own: it takes all logs."]);
    });
  }

  it("is said", () => {
    expect(index()).to.deep.equal(["own: it takes all logs."]);
  });
});

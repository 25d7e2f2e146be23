import { expect } from "chai";
import { clusterState, type ClusterFacts } from "../../../sandbox/cluster/state.ts";

describe("clusterState", () => {
  const running: ClusterFacts = { exists: true, complete: true, running: 5, ready: true };

  const cases: readonly [state: string, when: string, facts: ClusterFacts][] = [
    ["running", "all five components run and the API server is ready", running],
    ["stopped", "a component is missing", { ...running, running: 4 }],
    ["stopped", "the API server is not ready", { ...running, ready: false }],
    ["stopped", "nothing runs", { ...running, running: 0, ready: false }],
    ["half-created", "its creation did not come to an end", { ...running, complete: false }],
    ["absent", "there is no folder", { ...running, exists: false, complete: false }],
  ];

  for (const [state, when, facts] of cases) {
    it(`is "${state}" when ${when}`, () => {
      expect(clusterState(facts)).to.equal(state);
    });
  }
});

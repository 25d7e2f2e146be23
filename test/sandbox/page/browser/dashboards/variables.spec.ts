import { expect } from "chai";
import { expand, pickedOf } from "../../../../../sandbox/page/browser/dashboards/variables.ts";

const variables = [
  { name: "cluster", prefix: "kube_cluster_name", defaults: ["sandbox"] },
  { name: "cluster_two", prefix: "other", default: "old" },
  { name: "service", prefix: "service", defaults: ["*"] },
  { name: "word", defaults: null },
];

describe("a board's template variables", () => {
  it("are those of the address, then their defaults, then everything", () => {
    const search = new URLSearchParams({ tpl_var_cluster: "mine", tpl_var_odd: "x" });
    expect(pickedOf(variables, search)).to.deep.equal({
      cluster: "mine",
      cluster_two: "old",
      service: "*",
      word: "*",
    });
  });

  it("are replaced by prefix and value, in metric scopes and searches", () => {
    const picked = pickedOf(variables, new URLSearchParams());
    expect(expand("sum:a{$cluster,$service,x:y} by {b}", variables, picked)).to.equal(
      "sum:a{kube_cluster_name:sandbox,x:y} by {b}",
    );
    expect(expand("sum:a{$service}", variables, picked)).to.equal("sum:a{*}");
    expect(expand("status:error $service", variables, picked)).to.equal("status:error *");
    expect(expand('tag:$cluster status:error "$cluster.value"', variables, picked)).to.equal(
      'tag:kube_cluster_name:sandbox status:error "sandbox"',
    );
  });

  it("are not taken for each other, nor found in longer words", () => {
    const picked = pickedOf(variables, new URLSearchParams());
    expect(expand("$cluster_two $cluster $clusters $nothing", variables, picked)).to.equal(
      "other:old kube_cluster_name:sandbox $clusters $nothing",
    );
  });

  it("take a value as it is, whatever is in it", () => {
    const picked = { cluster: "$& $1 .*" };
    expect(expand("$cluster", variables, picked)).to.equal("kube_cluster_name:$& $1 .*");
    const odd = [{ name: "a.b(", prefix: "p" }];
    expect(expand("$a.b( x", odd, { "a.b(": "v" })).to.equal("p:v x");
  });
});

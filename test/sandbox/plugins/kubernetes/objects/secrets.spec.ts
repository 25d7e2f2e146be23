import { expect } from "chai";
import { containsSecrets, Secret } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import {
  fromOutputs,
  toOutputs,
} from "../../../../../sandbox/plugins/kubernetes/operations/checkpoint.ts";
import {
  redactor,
  withSecretsLike,
} from "../../../../../sandbox/plugins/kubernetes/objects/secrets.ts";

describe("secrets of an object", () => {
  it("are marked where the inputs mark them, and only there", () => {
    const marked = { data: { open: "a", hidden: new Secret("b") }, list: [new Secret("c")] };

    const object = { kind: "ConfigMap", data: { open: "a", hidden: "b" }, list: ["c", "d"] };

    expect(withSecretsLike(object, marked)).to.deep.equal({
      kind: "ConfigMap",
      data: { open: "a", hidden: new Secret("b") },
      list: new Secret(["c", "d"]),
    });
  });

  it("are a Secret's whole content, even where the program did not say so", () => {
    const secret = { kind: "Secret", metadata: { name: "x" }, data: { a: "Yg==" } };

    const result = withSecretsLike(secret, {});

    expect(result["data"]).to.deep.equal(new Secret({ a: "Yg==" }));
    expect(containsSecrets(result["metadata"])).to.equal(false);
  });

  it("include kubectl's copy of a Secret", () => {
    const name = "kubectl.kubernetes.io/last-applied-configuration";
    const secret = { kind: "Secret", metadata: { annotations: { [name]: '{"data":{}}' } } };

    expect(withSecretsLike(secret, {})["metadata"]).to.deep.equal({
      annotations: { [name]: new Secret('{"data":{}}') },
    });
  });

  it("survive the way into outputs and back", () => {
    const checkpoint = {
      inputs: { kind: "Secret", data: { a: "Yg==" } },
      live: { kind: "Secret", data: { a: "Yg==" }, type: "Opaque" },
      fieldManager: "pulumi-kubernetes-01234567",
      initialApiVersion: "v1",
    };

    const outputs = toOutputs(checkpoint, checkpoint.inputs);

    expect(Object.keys(outputs)).to.have.members([
      "kind",
      "data",
      "type",
      "__inputs",
      "__initialApiVersion",
      "__fieldManager",
    ]);
    expect(fromOutputs(outputs)).to.deep.equal(checkpoint);
  });

  it("do not show in messages, plain or encoded", () => {
    const hide = redactor({ kind: "Secret", data: { password: "aHVudGVyMg==" } });

    expect(hide('data "aHVudGVyMg==" (hunter2) is bad')).to.equal(
      'data "[secret]" ([secret]) is bad',
    );
  });

  it("leave other messages alone", () => {
    expect(redactor({ spec: { replicas: 1, token: new Secret("ab") } })("ab 1")).to.equal("ab 1");
  });
});

import { expect } from "chai";
import type { PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import { takeOverFields } from "../../../../../sandbox/plugins/kubernetes/objects/managed-fields.ts";

const US = "pulumi-kubernetes-01234567";

function entry(manager: string, operation: string, fieldsV1: PropertyMap, subresource?: string) {
  return { manager, operation, fieldsV1, ...(subresource === undefined ? {} : { subresource }) };
}

function takeOver(...managedFields: readonly PropertyMap[]) {
  return takeOverFields({ metadata: { managedFields } }, US);
}

describe("taking over fields before an update", () => {
  const created = entry("pulumi-kubernetes", "Update", { "f:spec": { "f:replicas": {} } });

  it("turns the fields of our own create into applied ones", () => {
    expect(takeOver(created)).to.deep.equal([
      entry(US, "Apply", { "f:spec": { "f:replicas": {} } }),
    ]);
  });

  it("adds them to what we applied before", () => {
    const applied = entry(US, "Apply", { "f:spec": { "f:paused": {} } });

    expect(takeOver(applied, created)).to.deep.equal([
      entry(US, "Apply", { "f:spec": { "f:paused": {}, "f:replicas": {} } }),
    ]);
  });

  it("includes kubectl's edits, but not its scaling", () => {
    const edit = entry("kubectl-edit", "Update", { "f:metadata": {} });
    const scale = entry("kubectl", "Update", { "f:spec": { "f:replicas": {} } }, "scale");

    expect(takeOver(edit, scale)).to.deep.equal([scale, entry(US, "Apply", { "f:metadata": {} })]);
  });

  it("leaves controllers and other appliers alone", () => {
    const others = [
      entry("kube-controller-manager", "Update", { "f:status": {} }, "status"),
      entry("argocd", "Apply", { "f:spec": {} }),
    ];

    expect(takeOver(...others)).to.equal(undefined);
  });

  it("has nothing to do a second time", () => {
    expect(takeOver(...(takeOver(created) ?? []))).to.equal(undefined);
  });
});

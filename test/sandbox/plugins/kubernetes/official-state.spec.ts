// The state of a stack as the official engine and plugin left it: what they kept of a Namespace, a
// Deployment, a Job and a Service is what the stand-in would keep, and no reason to change them.
import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { InitializationError } from "../../../../sandbox/plugins/grpc/plugin-error.ts";
import type { PropertyMap } from "../../../../sandbox/plugins/grpc/property-value.ts";
import {
  fromOutputs,
  toOutputs,
} from "../../../../sandbox/plugins/kubernetes/operations/checkpoint.ts";
import { stringAt } from "../../../../sandbox/plugins/kubernetes/objects/kube-object.ts";
import { newFieldManager } from "../../../../sandbox/plugins/kubernetes/objects/naming.ts";
import { Harness, NAMESPACE } from "./harness.ts";

interface Resource {
  readonly type: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

const file = new URL("../../../../../shared/facts/real-state.json", import.meta.url);

describe("a state of the official plugin", () => {
  let kube: Harness;

  beforeEach(async () => {
    kube = await new Harness().start();
  });
  afterEach(() => kube.server.stop());

  if (!existsSync(file)) {
    it("is not compared here: there is no ../shared/facts/real-state.json");
    return;
  }

  for (const { type, id, inputs, outputs } of objectsOf(file)) {
    const { live, initialApiVersion, fieldManager } = fromOutputs(outputs);

    it(`has a ${type} in the shape in which the stand-in keeps it`, async () => {
      const checked = await kube.check(inputs, { type });

      expect(checked.inputs).to.deep.equal(inputs);
      expect(toOutputs({ inputs, live, initialApiVersion, fieldManager }, inputs)).to.deep.equal(
        outputs,
      );
      expect(fieldManager).to.have.lengthOf(newFieldManager().length);
    });

    it(`has a ${type} that the stand-in leaves alone`, async () => {
      const { changes } = await kube.diff(outputs, inputs);

      expect(changes).to.deep.equal([]);
    });

    it(`has a ${type} that a refresh finds unchanged`, async () => {
      kube.server.put(pathOf(stringAt(live, "kind"), id), live);
      const now = kube.server.get(pathOf(stringAt(live, "kind"), id)) ?? {};

      const read = await readOrNotReady(kube, { inputs, outputs, id });

      expect(read?.id).to.equal(id);
      expect(read?.inputs).to.deep.equal(inputs);
      expect(read?.outputs).to.deep.equal({
        ...outputs,
        // the fake server counts versions of its own
        metadata: now["metadata"],
      });
    });
  }
});

/** What a refresh keeps; pods and endpoints, by which some kinds are judged, are not in a state. */
async function readOrNotReady(kube: Harness, { inputs, outputs, id }: Omit<Resource, "type">) {
  try {
    return await kube.read(inputs, outputs, id);
  } catch (error) {
    if (error instanceof InitializationError) return error.partial;
    throw error;
  }
}

function objectsOf(state: URL): Resource[] {
  const { deployment } = JSON.parse(readFileSync(state, "utf8")) as {
    deployment: { resources: Resource[] };
  };
  return deployment.resources.filter(({ type }) => type.startsWith("kubernetes:"));
}

function pathOf(kind: string, id: string): string {
  const name = id.split("/").at(-1) ?? "";
  const paths: Readonly<Record<string, string>> = {
    Namespace: NAMESPACE,
    Deployment: `/apis/apps/v1/namespaces/sock-shop/deployments/${name}`,
    Job: `/apis/batch/v1/namespaces/sock-shop/jobs/${name}`,
    Service: `${NAMESPACE}/services/${name}`,
  };
  return paths[kind] ?? "";
}

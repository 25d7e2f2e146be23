import { expect } from "chai";
import { InitializationError } from "../../../../../sandbox/plugins/grpc/plugin-error.ts";
import type { PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import { mapAt } from "../../../../../sandbox/plugins/kubernetes/objects/kube-object.ts";
import { status } from "../fake-api-server.ts";
import { CONFIG_MAPS, failure, Harness, initFailure, payment, settingsMap } from "../harness.ts";

const CONFLICT =
  'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale": .spec.replicas';

describe("updating an object", () => {
  let kube: Harness;

  beforeEach(async () => {
    kube = await new Harness().start();
  });
  afterEach(async () => {
    await kube.server.stop();
  });

  describe("update", () => {
    it("takes over its own fields, then applies without force", async () => {
      const { outputs } = await kube.create(settingsMap);
      const path = `${CONFIG_MAPS}/settings`;
      const managedFields = [
        { manager: "pulumi-kubernetes", operation: "Update", fieldsV1: { "f:data": {} } },
      ];
      const stored = kube.server.get(path) ?? {};
      kube.server.put(path, {
        ...stored,
        metadata: { ...mapAt(stored, "metadata"), managedFields },
      });
      kube.server.requests.length = 0;

      await kube.update(outputs, { ...settingsMap, data: { a: "2" } });

      expect(kube.server.writes()).to.deep.equal([`PATCH ${path}`, `PATCH ${path}`]);
      expect(kube.server.requests.at(-1)?.query).to.deep.equal({
        fieldManager: outputs["__fieldManager"],
        fieldValidation: "Strict",
        force: "false",
      });
    });

    it("names the manager, the field and the remedy in a conflict, and will try again", async () => {
      const { outputs } = await kube.create(payment);
      kube.server.intercept = ({ method }) =>
        method === "PATCH" ? status(409, "Conflict", CONFLICT) : undefined;

      const wanted = { ...payment, spec: { replicas: 0 } };
      const { partial, reasons } = await initFailure(kube.update(outputs, wanted));

      expect(reasons).to.deep.equal([
        `cannot update Deployment sock-shop/payment: ${CONFLICT}. Somebody else manages the ` +
          "field: undo their change, or take the field over by the annotation " +
          '"pulumi.com/patchForce": "true"',
      ]);
      expect(partial.outputs["__inputs"]).to.deep.equal(wanted);
      expect(partial.outputs["spec"]).to.deep.equal(outputs["spec"]);
    });

    it("keeps the old state when the conflict is seen in a preview", async () => {
      const { outputs } = await kube.create(payment);
      kube.server.intercept = ({ method }) =>
        method === "PATCH" ? status(409, "Conflict", CONFLICT) : undefined;

      const error = await failure(
        kube.update(outputs, { ...payment, spec: { replicas: 0 } }, true),
      );

      expect(error).to.not.be.instanceOf(InitializationError);
    });

    for (const [name, settings, annotations] of [
      ["annotation", {}, { "pulumi.com/patchForce": "true" }],
      ["provider argument", { enablePatchForce: "true" }, {}],
    ] as const) {
      it(`takes fields over by force if the ${name} says so`, async () => {
        await kube.configure(settings);
        const { outputs } = await kube.create(settingsMap);
        const metadata = { name: "settings", namespace: "sock-shop", annotations };

        await kube.update(outputs, { ...settingsMap, metadata });

        expect(kube.server.requests.at(-1)?.query["force"]).to.equal("true");
      });
    }

    it("says how to make an object again that somebody deleted", async () => {
      const { outputs } = await kube.create(settingsMap);
      kube.server.remove(`${CONFIG_MAPS}/settings`);

      const { message } = await failure(kube.update(outputs, settingsMap));

      expect(message).to.contain("run `pulumi up --refresh` to make it again");
    });

    it("only asks in a preview", async () => {
      const { outputs } = await kube.create(settingsMap);
      kube.server.requests.length = 0;

      await kube.update(outputs, settingsMap, true);

      expect(kube.server.writes()).to.deep.equal([`PATCH ${CONFIG_MAPS}/settings (dry run)`]);
    });
  });

  describe("diff", () => {
    const job = (annotations: PropertyMap): PropertyMap => ({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "load", namespace: "sock-shop", annotations },
    });

    it("is none right after a create", async () => {
      const { outputs } = await kube.create(settingsMap);

      expect((await kube.diff(outputs, settingsMap)).changes).to.deep.equal([]);
    });

    it("replaces an unfinished Job if it is to be replaced unready, and no other", async () => {
      const unready = job({ "pulumi.com/replaceUnready": "true", "pulumi.com/skipAwait": "true" });
      const { outputs } = await kube.create(unready);
      const path = "/apis/batch/v1/namespaces/sock-shop/jobs/load";

      const running = await kube.diff(outputs, unready);
      const conditions = [{ type: "Complete", status: "True" }];
      kube.server.put(path, { ...kube.server.get(path), status: { conditions } });
      const finished = await kube.diff(outputs, unready);

      expect(running.changes.map((it) => [it.path, it.replace])).to.deep.equal([
        ['metadata.annotations["pulumi.com/replaceUnready"]', true],
      ]);
      expect(running.deleteBeforeReplace).to.equal(true);
      expect(finished.changes).to.deep.equal([]);
    });
  });
});

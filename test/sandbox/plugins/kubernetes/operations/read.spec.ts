import { expect } from "chai";
import type { PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  failure,
  Harness,
  initFailure,
  payment,
  settingsMap,
} from "../harness.ts";
import { status } from "../fake-api-server.ts";

describe("reading and deleting an object", () => {
  let kube: Harness;

  beforeEach(async () => {
    kube = await new Harness().start();
  });
  afterEach(async () => {
    await kube.server.stop();
  });

  describe("read", () => {
    it("finds an object unchanged", async () => {
      const { outputs } = await kube.create(settingsMap);

      const result = await kube.read(settingsMap, outputs, "sock-shop/settings");

      expect(result).to.deep.equal({ id: "sock-shop/settings", inputs: settingsMap, outputs });
    });

    it("finds drift, and puts it into the inputs", async () => {
      const { outputs } = await kube.create(settingsMap);
      const path = `${CONFIG_MAPS}/settings`;
      kube.server.put(path, { ...kube.server.get(path), data: { a: "drifted" } });

      const result = await kube.read(settingsMap, outputs, "sock-shop/settings");

      expect(result?.inputs["data"]).to.deep.equal({ a: "drifted" });
    });

    it("finds an object gone", async () => {
      expect(await kube.read(settingsMap, {}, "sock-shop/absent")).to.equal(undefined);
    });

    it("imports an object by namespace and name", async () => {
      kube.server.put(`${CONFIG_MAPS}/settings`, settingsMap);

      const result = await kube.read({}, {}, "sock-shop/settings");

      expect(result?.inputs).to.deep.equal(settingsMap);
    });

    it("keeps an object that is not ready, with the reasons", async () => {
      const { outputs } = await kube.create(payment);
      const path = `${DEPLOYMENTS}/payment`;
      kube.server.put(path, { ...kube.server.get(path), status: {} });

      const error = await initFailure(kube.read(payment, outputs, "sock-shop/payment"));

      expect(error.reasons[0]).to.equal("Deployment sock-shop/payment is not ready");
    });

    it("judges a running Job by its own rule though an update waits for less", async () => {
      const job = (annotations: PropertyMap): PropertyMap => ({
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name: "load", namespace: "sock-shop", annotations },
      });
      const readJob = async (annotations: PropertyMap) => {
        const path = "/apis/batch/v1/namespaces/sock-shop/jobs/load";
        kube.server.put(path, { ...job(annotations), status: { active: 1 } });
        return await kube.read(job(annotations), {}, "sock-shop/load");
      };

      const error = await initFailure(readJob({ "pulumi.com/waitFor": "jsonpath={.metadata}" }));
      const skipped = await readJob({ "pulumi.com/skipAwait": "true" });

      expect(error.reasons[0]).to.equal("Job sock-shop/load is not ready");
      expect(skipped?.id).to.equal("sock-shop/load");
    });

    it("drops objects of an unreachable cluster only if told so", async () => {
      const down = "http://127.0.0.1:1";
      await kube.configure({}, down);

      const { message } = await failure(kube.read(settingsMap, {}, "sock-shop/settings"));
      await kube.configure({ deleteUnreachable: "true" }, down);
      const dropped = await kube.read(settingsMap, {}, "sock-shop/settings");

      expect(message).to.contain("is unreachable");
      expect(dropped).to.equal(undefined);
    });
  });

  describe("delete", () => {
    it("deletes dependents first and waits until the object is gone", async () => {
      const { outputs } = await kube.create({
        ...settingsMap,
        metadata: { name: "settings", namespace: "sock-shop", finalizers: ["a"] },
      });
      kube.onLog = () => {
        kube.server.remove(`${CONFIG_MAPS}/settings`);
      };

      await kube.delete(outputs);

      const request = kube.server.requests.find((it) => it.method === "DELETE");
      expect(request?.body["propagationPolicy"]).to.equal("Foreground");
      expect(kube.server.get(`${CONFIG_MAPS}/settings`)).to.equal(undefined);
    });

    it("asks again when the server does not say whether the object is gone", async () => {
      const { outputs } = await kube.create(settingsMap);
      let failuresLeft = 2;
      kube.server.intercept = ({ method, path }) => {
        const asksOnceDeleted =
          method === "GET" &&
          path === `${CONFIG_MAPS}/settings` &&
          kube.server.get(path) === undefined;
        return asksOnceDeleted && failuresLeft-- > 0
          ? status(500, "InternalError", "etcdserver: leader changed")
          : undefined;
      };

      await kube.delete(outputs);

      expect(failuresLeft).to.equal(-1);
    });

    it("takes an object that is gone already for deleted", async () => {
      const { outputs } = await kube.create(settingsMap);
      kube.server.remove(`${CONFIG_MAPS}/settings`);

      await kube.delete(outputs);

      expect(kube.server.writes()).to.deep.equal([`POST ${CONFIG_MAPS}`]);
    });

    it("names the finalizers that hold an object", async () => {
      const annotations = { "pulumi.com/timeoutSeconds": "0" };
      const { outputs } = await kube.create({
        ...settingsMap,
        metadata: { name: "settings", namespace: "sock-shop", finalizers: ["a/b"], annotations },
      });

      const { message } = await failure(kube.delete(outputs, 0.2));

      expect(message).to.contain("timed out waiting to be deleted");
      expect(message).to.contain("finalizers might be preventing deletion (a/b)");
    });
  });
});

import { expect } from "chai";
import type { Pod } from "../../../../sandbox/kube/objects.ts";
import { processSpecOf } from "../../../../sandbox/shop/kubelet/process-pod-spec.ts";
import type {
  PodReaders,
  TokenRequest,
} from "../../../../sandbox/shop/kubelet/process-pod-spec.ts";

const folder = "/var/run/secrets/kubernetes.io/serviceaccount";

// The volume as the API server's admission adds it to a pod.
const account = {
  name: "kube-api-access-x",
  projected: {
    sources: [
      { serviceAccountToken: { path: "token", expirationSeconds: 3607 } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        downwardAPI: {
          items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }],
        },
      },
    ],
  },
};

const guard: Pod = {
  metadata: { name: "guard-1", namespace: "shop", uid: "u" },
  spec: {
    serviceAccountName: "guard",
    containers: [
      {
        name: "lease",
        image: "locustio/locust:2.47.0",
        command: ["python3", "/mnt/lease.py"],
        env: [{ name: "LEASE", value: "/mnt/lease.json" }],
        readinessProbe: { exec: { command: ["python3", "x", "ready"] }, timeoutSeconds: 7 },
        livenessProbe: { exec: { command: ["python3", "x", "alive"] }, periodSeconds: 60 },
        volumeMounts: [{ name: account.name, mountPath: folder }],
      },
    ],
    volumes: [account],
  },
};

function readers(asked: TokenRequest[] = []): PodReaders {
  return {
    readKey: () => Promise.resolve(undefined),
    readSecret: (name) => Promise.resolve(name === "keys" ? { "a.json": "{}" } : undefined),
    readConfigMap: (name) =>
      Promise.resolve(name === "kube-root-ca.crt" ? { "ca.crt": "PEM", other: "x" } : undefined),
    requestToken: (request) => {
      asked.push(request);
      return Promise.resolve("a.b.c");
    },
    clusterEnv: { KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: "6443" },
  };
}

describe("a pod with an account of its own", () => {
  it("gets a token for exactly that account, beside authority and namespace, as a secret", async () => {
    const asked: TokenRequest[] = [];

    const { volumes } = await processSpecOf(guard, "locust", readers(asked));

    expect(asked).to.deep.equal([{ account: "guard", audiences: [], expirationSeconds: 3607 }]);
    const files = { token: "a.b.c", "ca.crt": "PEM", namespace: "shop" };
    expect(volumes).to.deep.equal([{ mountPath: folder, files, secret: true }]);
  });

  it("knows where the API server is, unless its container says otherwise", async () => {
    const { env } = await processSpecOf(guard, "locust", readers());

    expect(env).to.deep.equal({
      KUBERNETES_SERVICE_HOST: "127.0.0.1",
      KUBERNETES_SERVICE_PORT: "6443",
      LEASE: "/mnt/lease.json",
    });
  });

  it("has probes that run a program, with a kubelet's defaults", async () => {
    const { probes } = await processSpecOf(guard, "locust", readers());

    const usual = { path: "", initialDelaySeconds: 0, failureThreshold: 3 };
    const [ready, alive] = [
      ["python3", "x", "ready"],
      ["python3", "x", "alive"],
    ];
    expect(probes).to.deep.equal([
      { ...usual, kind: "readiness", command: ready, timeoutSeconds: 7, periodSeconds: 10 },
      { ...usual, kind: "liveness", command: alive, timeoutSeconds: 1, periodSeconds: 60 },
    ]);
  });

  it("gets the files of a Secret as a secret, and waits for one that is not there", async () => {
    const mounting = (secretName: string) => {
      const volumes = [{ name: account.name, secret: { secretName } }];
      const pod = { ...guard, spec: { ...guard.spec, volumes } } as Pod;
      return processSpecOf(pod, "locust", readers());
    };

    const { volumes } = await mounting("keys");
    const failure = await mounting("none").catch((error: unknown) => (error as Error).message);

    expect(volumes).to.deep.equal([{ mountPath: folder, files: { "a.json": "{}" }, secret: true }]);
    expect(failure).to.equal('secret "none" not found');
  });

  it("gets none of the volumes that the sandbox does not have", async () => {
    const pod = { ...guard, spec: { ...guard.spec, volumes: [{ name: account.name }] } } as Pod;

    const failure = await processSpecOf(pod, "locust", readers()).catch((error: unknown) => error);

    expect((failure as Error).message).to.equal(
      "the sandbox mounts only whole ConfigMaps, Secrets, emptyDirs and service accounts, not " +
        folder,
    );
  });
});

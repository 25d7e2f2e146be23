import { expect } from "chai";
import fc from "fast-check";
import { datadogEndpoints } from "../../components/datadog/site.ts";
import { isDuration, toSeconds } from "../../components/duration.ts";
import { nearest } from "../../settings/closest-match.ts";
import { imageVersion } from "../../components/shop/manifests/labels.ts";
import { portForwardCommand } from "../../components/shop/port-forward.ts";

describe("durations", () => {
  it("are whole seconds, minutes or hours", () => {
    expect(["1s", "90s", "2m", "1h"].map((text) => isDuration(text))).to.not.include(false);
    expect(["0s", "1.5m", "-1s", "2", "m", "2M", " 2m", "1h30m"].map(isDuration)).to.not.include(
      true,
    );
  });

  it("are as long as their unit says", () => {
    const units = fc.constantFrom(["s", 1] as const, ["m", 60] as const, ["h", 3600] as const);
    const property = fc.property(
      fc.integer({ min: 1, max: 9999 }),
      units,
      (count, [unit, seconds]) => {
        expect(toSeconds(`${count}${unit}`)).to.equal(count * seconds);
      },
    );

    fc.assert(property);
  });
});

describe("nearest", () => {
  it("finds the word that was meant", () => {
    const keys = ["incident", "paymentReplicas", "datadogApiKey", "datadogAppKey"];

    expect(nearest("incidnet", keys)).to.equal("incident");
    expect(nearest("paymentreplica", keys)).to.equal("paymentReplicas");
    expect(nearest("datadogApikey", keys)).to.equal("datadogApiKey");
  });

  it("says nothing when no word is close", () => {
    expect(nearest("colour", ["incident", "namespace"])).to.equal(undefined);
    expect(nearest("x", [])).to.equal(undefined);
  });

  it("finds a word that is among the candidates", () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });

    const property = fc.property(words, (all) => {
      expect(nearest(all[0] ?? "", all)).to.equal(all[0]);
    });

    fc.assert(property);
  });
});

describe("imageVersion", () => {
  const cases: readonly (readonly [image: string, version: string])[] = [
    ["mongo:4.4.29", "4.4.29"],
    ["registry.example.com:5000/mirror/orders:v1.0-status-fix", "v1.0-status-fix"],
    ["registry.example.com:5000/orders", "latest"],
    [`orders@sha256:${"ab12".repeat(16)}`, "ab12ab12ab12"],
    [`orders:1.2@sha256:${"0".repeat(64)}`, "1.2"],
    ["orders:1.2_", "1.2"],
  ];
  for (const [image, version] of cases) {
    it(`is ${version} for ${image}`, () => {
      expect(imageVersion(image)).to.equal(version);
    });
  }
});

describe("datadogEndpoints", () => {
  it("differ from the site's name where Datadog's pages do", () => {
    expect(datadogEndpoints("us5.datadoghq.com")).to.deep.equal({
      api: "https://api.us5.datadoghq.com/",
      app: "https://us5.datadoghq.com/",
    });
    expect(datadogEndpoints("datadoghq.com").app).to.equal("https://app.datadoghq.com/");
  });

  it("are those of another server when one is named", () => {
    expect(datadogEndpoints("us5.datadoghq.com", "http://127.0.0.1:2026/ignored?x")).to.deep.equal({
      api: "http://127.0.0.1:2026/",
      app: "http://127.0.0.1:2026/",
    });
  });
});

describe("portForwardCommand", () => {
  it("names file, context and namespace, and the port of the front-end's address", () => {
    const cluster = { kubeconfig: "/home/me/.kube/config", context: "kind-x", clusterName: "x" };

    const command = portForwardCommand(cluster, {
      namespace: "socks",
      frontEndUrl: "http://localhost:8080",
    });

    expect(command).to.equal(
      "kubectl --kubeconfig /home/me/.kube/config --context kind-x --namespace socks " +
        "port-forward service/front-end 8080:80",
    );
  });
});

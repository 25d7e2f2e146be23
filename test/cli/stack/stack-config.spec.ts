import { expect } from "chai";
import fc from "fast-check";
import { stringify } from "yaml";
import { isSandboxed, stackTargets } from "../../../cli/stack/stack-config.ts";
import { stackHint } from "../../../cli/stack/hints.ts";

const standIn = "  sock-shop:datadogApiUrl: http://127.0.0.1:2026/\n";

describe("stackTargets", () => {
  it("means the sandbox's cluster and stand-in when no other are named", () => {
    const targets = stackTargets("sandbox", `config:\n${standIn}`);

    expect(targets).to.deep.equal({
      stack: "sandbox",
      file: "Pulumi.sandbox.yaml",
      clusterName: "sockshop-kind",
      datadogPort: 2026,
      shop: { frontEndPort: 2025, controlPort: 2027 },
      incident: "none",
      logTimeZone: "UTC",
    });
    expect(isSandboxed(targets)).to.equal(true);
  });

  it("means the user's own cluster when a context is named", () => {
    const targets = stackTargets(
      "dev",
      `config:\n  sock-shop:kubeContext: kind-sockshop\n${standIn}`,
    );

    expect(targets).to.include({ kubeContext: "kind-sockshop", datadogPort: 2026 });
    expect(targets).not.to.have.property("shop");
    expect(isSandboxed(targets)).to.equal(false);
  });

  it("means a Datadog account when there is no address, or one that is not loopback", () => {
    const none = stackTargets("mixed", "config: {}");
    const other = stackTargets(
      "mixed",
      "config:\n  sock-shop:datadogApiUrl: https://api.us5.datadoghq.com/\n",
    );

    expect(none).not.to.have.property("datadogPort");
    expect(other).not.to.have.property("datadogPort");
    expect([none, other].map(isSandboxed)).to.deep.equal([false, false]);
  });

  for (const [address, port] of [
    ["http://localhost:2027", 2027],
    ["http://127.0.0.1/", 80],
    ["https://127.0.0.1/", 443],
  ] as const) {
    it(`takes ${address} for the stand-in on port ${port}`, () => {
      const targets = stackTargets("sandbox", `config:\n  sock-shop:datadogApiUrl: "${address}"\n`);

      expect(targets.datadogPort).to.equal(port);
    });
  }

  it("refuses an address of this machine that the sandbox does not listen on", () => {
    for (const key of ["datadogApiUrl", "frontEndUrl"]) {
      expect(() => stackTargets("sandbox", `config:\n  sock-shop:${key}: "http://[::1]:2028/"\n`))
        .to.throw("127.0.0.1 or localhost")
        .with.property("message")
        .that.contains(`Pulumi.sandbox.yaml: sock-shop:${key}: expected`)
        .and.contains('got "http://[::1]:2028/"');
    }
  });

  it("runs the shop's programs where the front-end's address says, if that is this machine", () => {
    const ports = (address: string) =>
      stackTargets("sandbox", `config:\n  sock-shop:frontEndUrl: ${address}\n`).shop;

    expect(ports("http://127.0.0.1:3000/")).to.deep.equal({
      frontEndPort: 3000,
      controlPort: 3002,
    });
    expect(ports("https://shop.example.com/")).to.deep.equal({
      frontEndPort: 2025,
      controlPort: 2027,
    });
  });

  it("takes an empty file for a stack without configuration", () => {
    expect(stackTargets("new", "").incident).to.equal("none");
  });

  for (const [text, message] of [
    ["config: [", /^Pulumi\.x\.yaml is not YAML: .* fix the file$/],
    ["config: 3", /^Pulumi\.x\.yaml: "config" must be a mapping of keys to values; fix the file$/],
    [
      "config:\n  sock-shop:datadogApiUrl: nowhere",
      /^Pulumi\.x\.yaml: sock-shop:datadogApiUrl: expected an https address, .* got "nowhere"; /,
    ],
    [
      "config:\n  sock-shop:clusterName:\n    secure: AAAA",
      new RegExp(
        "^Pulumi\\.x\\.yaml: sock-shop:clusterName is encrypted, and lab reads it without a " +
          "passphrase; set it with: pulumi config set --plaintext clusterName <value>$",
      ),
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} in one line`, () => {
      expect(() => stackTargets("x", text)).to.throw(message);
    });
  }

  it("reads back every context and state that YAML can hold", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (context, incident) => {
        const config = { "sock-shop:kubeContext": context, "sock-shop:incident": incident };
        const targets = stackTargets("x", stringify({ config }));

        expect(targets).to.deep.include({ kubeContext: context, incident });
      }),
    );
  });
});

describe("stackHint", () => {
  it("is empty for the stack that commands mean by themselves", () => {
    expect([stackHint("sandbox"), stackHint("dev")]).to.deep.equal(["", " --stack dev"]);
  });
});

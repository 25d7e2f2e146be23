import { expect } from "chai";
import { serviceNames } from "../../../components/shop/catalogue.ts";
import { logAnnotations } from "../../../components/agent/log-rules.ts";

// A pod's annotations may have 256 KiB together (ValidateAnnotationsSize of Kubernetes'
// apimachinery). Each line of these costs time on every node, and somebody has to read them.

/** The most that one annotation may have, its name included, in bytes. */
const most = 12 * 1024;

describe("the agent's annotation", () => {
  for (const service of serviceNames) {
    it(`of ${service} has at most ${most / 1024} KiB`, () => {
      const [[name, value] = ["", ""]] = Object.entries(logAnnotations(service, service));

      expect(Buffer.byteLength(name + value)).to.be.within(1, most);
    });
  }
});

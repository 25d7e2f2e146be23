import { expect } from "chai";
import { judged } from "../../../sandbox/agent/apply-log-rules.ts";
import { rulesOf } from "../../support/logs/agent-lines.ts";
import { recordedLogs } from "../../support/logs/recorded-logs.ts";

// Rates on lines that services really printed: card numbers and addresses of a part of them were
// masked by those who recorded them. What a secret is here is told by other means than the rules': by
// the names and shapes that the shop's own sources write.

const masks = rulesOf("rabbitmq").rules.filter(({ type }) => type === "mask_sequences");

function masked(message: string): string {
  return judged({ message, status: "info", nanos: 0n, lines: 1 }, masks).sent?.message ?? "";
}

/** A name of the shop's, then quotes, escapes and a separator, then the value. */
const secretOf =
  /\b(?:longNum|ccv|cvv|password|passwd|salt_?pw)\b[\\"'\s]*[=:][\\"'\s]*([^\\"',}\s]+)/gi;
const passwordOf = /:([^:@\s]+)@(?:tcp|unix)\(/g;
const sessionOf = /\bsession id: (\S+)/g;
const emailOf = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi;
const none = /^(?:null|undefined|true|false|masked\w*|\*+|X+|YES|NO|:?\[?\]?)$/i;
const isHost = (address: string): boolean =>
  /@(?:\d|localhost|.*\.(?:local|internal|svc)$)/.test(address);

/** The secrets of a line, by the shop's names and by the shape of addresses. */
function secretsOf(line: string): string[] {
  const named = [secretOf, passwordOf, sessionOf].flatMap((form) =>
    [...line.matchAll(form)].map(([, value = ""]) => value),
  );
  const addresses = [...line.matchAll(emailOf)].map(([address]) => address);
  return [
    ...named.filter((value) => !none.test(value)),
    ...addresses.filter((address) => !isHost(address) && !address.includes("@0.0.")),
  ];
}

describe("the masks' rates on recorded lines", () => {
  const lines = recordedLogs()
    .flatMap((log) => log.lines)
    .filter((line) => line.trim() !== "");

  before(function () {
    if (lines.length > 0) return;
    console.log("      skipped: no recorded logs beside this checkout");
    this.skip();
  });

  it("are measured on more than 3,000 lines, some with secrets and most without", () => {
    const withSecrets = lines.filter((line) => secretsOf(line).length > 0).length;

    expect(lines.length).to.be.greaterThan(3000);
    expect(withSecrets).to.be.greaterThan(50);
    expect(lines.length - withSecrets).to.be.greaterThan(3000);
  });

  it("miss no secret: 0 of the lines that have one", () => {
    const missed = lines.filter((line) => {
      const text = masked(line);
      const left = secretsOf(text);
      // A code of three digits may stand in an id: there the name before it decides.
      return secretsOf(line).some(
        (it) => left.includes(it) || (it.length > 7 && text.includes(it)),
      );
    });

    expect(missed.map((line) => `${line} -> ${masked(line)}`)).to.deep.equal([]);
  });

  it("take no other line for one that has a secret: 0 of the lines that have none", () => {
    const wrong = lines.filter(
      (line) =>
        secretsOf(line).length === 0 &&
        masked(line).includes("masked_") &&
        !line.includes("masked_"),
    );

    expect(wrong.map((line) => `${line} -> ${masked(line)}`)).to.deep.equal([]);
  });
});

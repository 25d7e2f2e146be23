import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { archiveOf, filesIn } from "../../../../cli/incident/bundle/archive.ts";
import { readBundle, writeFiles } from "../../../../cli/incident/bundle/bundle-files.ts";
import { leakLine, leaksIn } from "../../../../cli/incident/bundle/leak-scan.ts";
import { hashesOf, jsonText, tampering } from "../../../../cli/incident/bundle/manifest.ts";
import { maskLines } from "../../../../cli/incident/bundle/mask-lines.ts";

const content = new Map([
  ["world/logs.jsonl", '{"message":"über"}\n'],
  ["truth/fault.json", "{}\n"],
]);
const whole = new Map([
  ...content,
  ["manifest.json", jsonText({ schemaVersion: 1, files: hashesOf(content) })],
]);

describe("a bundle", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "bundle-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the same archive whatever the order of its files, and gives them back", async () => {
    const archive = await archiveOf(whole);
    const reversed = await archiveOf(new Map([...whole].reverse()));

    expect(archive.equals(reversed)).to.equal(true);
    expect(new Map(await filesIn(archive))).to.deep.equal(new Map([...whole].sort()));
  });

  it("is whole as a folder and as an archive", async () => {
    await writeFiles(folder, whole);
    await writeFiles(folder, new Map([["journal.jsonl", "{}\n"]]));
    const file = join(folder, "b.tar.gz");
    writeFileSync(file, await archiveOf(whole));

    expect(tampering(await readBundle(folder))).to.deep.equal([]);
    expect(tampering(await readBundle(file))).to.deep.equal([]);
  });

  it("says what was changed, added and removed", () => {
    const changed = new Map([...whole, ["world/logs.jsonl", "{}\n"], ["world/more.json", "{}"]]);
    changed.delete("truth/fault.json");

    expect(tampering(changed)).to.deep.equal([
      "truth/fault.json is missing",
      "world/more.json is in no manifest",
      "world/logs.jsonl was changed",
    ]);
  });

  it("is none without a manifest that can be read", () => {
    expect(tampering(content)).to.deep.equal(["manifest.json is missing: this is no whole bundle"]);
    expect(tampering(new Map([["manifest.json", "{"]]))).to.deep.equal([
      "manifest.json is no JSON",
    ]);
    expect(tampering(new Map([["manifest.json", "{}"]]))[0]).to.contain("another shape");
  });

  it("is refused in one line where its archive is cut short, or not there", async () => {
    const file = join(folder, "b.tar.gz");
    writeFileSync(file, (await archiveOf(whole)).subarray(0, 120));

    for (const path of [file, join(folder, "nothing")]) {
      const error = await readBundle(path).catch((reason: unknown) => reason);
      expect((error as Error).message).to.match(/^(?!.*\n).*(?:no whole archive|no bundle)/);
    }
  });
});

describe("the leak scan", () => {
  const key = "0123456789abcdef0123456789abcdef";
  const planted: readonly [string, string][] = [
    ["a card number", '{"longNum":"4111111111111111"}'],
    ["a card number", "card 5500 0055 5555 5559 was used"],
    ["a key of Datadog", `DD_API_KEY=${key}`],
    ["a key of Datadog", `{"app_key": "${key}01234567"}`],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----"],
    ["an access key of AWS", "AKIAIOSFODNN7EXAMPLE"],
    ["a bearer token", "Authorization: Bearer abcdefghijklmnop1234"],
    ["a password in an address", "mongodb://root:hunter2@orders-db"],
    ["a secret of the stack", "token is correct-horse-battery"],
  ];
  for (const [what, text] of planted) {
    it(`finds ${what} in ${text.slice(0, 24)}…`, () => {
      const leaks = leaksIn("world/x", `fine\n${text}\n`, ["correct-horse-battery"]);

      expect(leaks.map(leakLine)).to.deep.equal([`world/x, line 2: ${what}`]);
      expect(leaks.map(leakLine).join()).not.to.contain(key);
    });
  }

  it("leaves ids, times and test numbers alone", () => {
    const harmless = [
      '{"longNum":"0000000000000000"}',
      "6900953ac1f4320001b50703",
      '{"timestamp":1893553445006}',
      "ts=2025-10-18T09:24:28.530603219Z took=649ns",
      "4111111111111112",
      "http://payment/paymentAuth",
      '{"trace_id":"4111111111111111a"}',
    ];

    expect(leaksIn("f", harmless.join("\n"), ["", "short"])).to.deep.equal([]);
  });
});

describe("lines of pods in a bundle", () => {
  it("are masked as the agent masks them", () => {
    const text = maskLines('Posting Card: {"longNum":"4111111111111111","ccv":"123"}\nfine\n\n');

    expect(leaksIn("f", text, [])).to.deep.equal([]);
    expect(text).to.contain("fine\n").and.not.contain("4111");
  });
});

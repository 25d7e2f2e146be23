import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { commands } from "../../../cli/commands.ts";
import { cases, previewing } from "../../support/json-cases.ts";
import { documentSchemas } from "../../../cli/json/schemas/all-documents.ts";
import { errorDocument } from "../../../cli/json/schemas/document.ts";
import { runCli, type LabRun, type World } from "../../support/cli.ts";
import { vrlEngine } from "../../support/logs/vrl-engine.ts";
import { deployed, stateFile } from "../../support/sandbox/deployed-stack.ts";

/** Answers of a Datadog API. */
const monitors = [
  {
    id: 7,
    name: "broken",
    priority: 1,
    tags: ["severity:1"],
    overall_state: "Alert",
    overall_state_modified: "2027-01-05T10:00:00.000000+00:00",
    state: { groups: { a: { name: "host:n1", status: "Alert" } } },
  },
];
const foundLogs = {
  data: [{ attributes: { timestamp: "2027-01-05T10:00:00Z", message: "\u001b[2Jm" } }],
};

/** The only document on standard output, checked by the schema of its command. */
function documentIn(run: LabRun, name: string): Readonly<Record<string, unknown>> {
  const document = JSON.parse(run.stdout) as Readonly<Record<string, unknown>>;
  expect(run.stdout.startsWith("{") && run.stdout.endsWith("}\n")).to.equal(true);
  const schema = documentSchemas[name];
  expect(schema, name).not.to.equal(undefined);
  const { error } = schema?.safeParse(document) ?? {};
  expect(error?.message).to.equal(undefined);
  return document;
}

function nameOf(argv: string): string {
  const names = Object.keys(documentSchemas).filter((name) => `${argv} `.startsWith(`${name} `));
  return names.sort((a, b) => b.length - a.length)[0] ?? "";
}

describe("--json", () => {
  it("is an option of every command that has a document, and of no other", () => {
    const names = commands.filter(({ options }) => "json" in options).map(({ name }) => name);

    expect(names.sort()).to.deep.equal(Object.keys(documentSchemas).sort());
  });

  for (const { argv, when, code, world } of cases) {
    it(`prints the document of "${argv}" when ${when}`, async () => {
      const isContract = argv === "contract";
      const answer = isContract ? previewing({ moved: code === 1 }) : world.answer;
      const own = answer === undefined ? world : { ...world, answer };
      const run = await runCli([...argv.split(" "), "--json"], own);

      const document = documentIn(run, nameOf(argv));
      expect([run.code, document["ok"]]).to.deep.equal([code, code === 0]);
      expect(run.stderr).to.equal("");
    });
  }

  for (const moved of [false, true]) {
    it(`prints the document of "review" when the contract ${moved ? "is broken" : "holds"}`, async () => {
      const files = { ...deployed, "Pulumi.yaml": "name: sock-shop\nruntime: nodejs\n" };
      const run = await runCli(["review", "--base", "main", "--json"], {
        files,
        answer: previewing({ moved }),
      });

      const document = documentIn(run, "review");
      expect(run.code).to.equal(1); // no policy ran
      expect(document).to.deep.include({ ok: false, base: "0123456789ab" });
      expect(JSON.stringify(document["objections"]).includes("must not update")).to.equal(moved);
    });
  }

  describe("of commands that ask Datadog", () => {
    const realFetch = globalThis.fetch;

    afterEach(() => {
      globalThis.fetch = realFetch;
    });

    const answering = (body: unknown, status = 200) => {
      globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify(body), { status }));
    };

    it("prints the document of monitors, with an alarm and without", async () => {
      answering(monitors);
      const alarm = await runCli(["monitors", "--json"]);
      answering([{ ...monitors[0], overall_state: "OK" }]);
      const fine = await runCli(["monitors", "--json"]);

      expect(documentIn(alarm, "monitors")).to.deep.include({ ok: false, standIn: true });
      expect(documentIn(fine, "monitors")).to.deep.include({ ok: true });
      expect([alarm.code, fine.code]).to.deep.equal([1, 0]);
    });

    it("prints the document of logs, in which nothing works on a terminal", async () => {
      answering(foundLogs);
      const run = await runCli(["logs", "*", "--json"]);

      documentIn(run, "logs");
      expect(run.stdout).to.include("\\u001b[2Jm").and.not.to.include("\u001b");
      expect([run.code, run.stderr]).to.deep.equal([0, ""]);
    });

    for (const name of ["monitors", "logs *"]) {
      it(`prints an error on standard error when Datadog refuses "${name}"`, async () => {
        answering({ errors: ["no"] }, 403);
        const run = await runCli([...name.split(" "), "--json"]);

        expect([run.code, run.stdout]).to.deep.equal([1, ""]);
        const { error } = errorDocument.parse(JSON.parse(run.stderr));
        expect(error).to.deep.include({ code: "failed", exitCode: 1 });
      });
    }
  });

  describe("of logs test", () => {
    const engine = vrlEngine();
    let folder = "";

    before(() => {
      folder = mkdtempSync(join(tmpdir(), "lines-"));
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    const run = (name: string, line: string): Promise<LabRun> => {
      writeFileSync(join(folder, name), `${line}\n`);
      const open = { engine: engine(), close: () => Promise.resolve() };
      return runCli(["logs", "test", join(folder, name), "--json"], {
        sandbox: { openLogEngine: () => Promise.resolve(open) },
      });
    };

    it("prints the document, with a match, without one and with a line that is dropped", async () => {
      const matched = await run("user.log", "ts=2026-01-01T00:00:00Z caller=l.go:1 method=Login");
      const dropped = await run("user.log", "ts=2026-01-01T00:00:00Z caller=l.go:1 method=Health");
      const unmatched = await run("carts.log", "2026-01-01 00:00:00.000 WARN [carts,,,] one --- x");

      expect([matched, dropped, unmatched].map(({ code }) => code)).to.deep.equal([0, 0, 1]);
      const [event] = documentIn(dropped, "logs test")["events"] as { droppedBy?: string }[];
      expect(event?.droppedBy).to.equal("drop_health");
      documentIn(matched, "logs test");
      documentIn(unmatched, "logs test");
    });
  });

  const failures: readonly (readonly [argv: string, code: 1 | 2, world: World])[] = [
    ["status --stack nowhere", 2, {}],
    ["status --nothing", 2, {}],
    ["frobnicate", 2, {}],
    ["incident status", 1, { files: { [stateFile]: "" } }],
    ["incident overdue --file gone.json", 1, {}],
    ["incident overdue --longest 2h", 2, {}],
    ["logs * --from yesterday", 2, {}],
    ["logs test gone.log", 1, {}],
    ["monitors --stack dev", 1, { answer: () => ({ stdout: "{}" }) }],
    [
      "signals test nothing",
      1,
      { answer: () => ({ code: 1, stderr: "signals test: no scenario" }) },
    ],
    ["contract", 1, { files: deployed, answer: () => ({ code: 255, stderr: "error: no" }) }],
    ["review --base nowhere", 2, { answer: () => ({ code: 128 }) }],
    ["drift", 1, {}],
    ["doctor --stack nowhere", 2, {}],
  ];

  for (const [argv, code, world] of failures) {
    it(`prints an error on one line, and no document, for "${argv}"`, async () => {
      const run = await runCli([...argv.split(" "), "--json"], world);

      expect([run.code, run.stdout]).to.deep.equal([code, ""]);
      expect(run.stderr.trimEnd().split("\n")).to.have.length(1);
      const { error } = errorDocument.parse(JSON.parse(run.stderr));
      expect(error.exitCode).to.equal(code);
      expect(error.code).to.equal(code === 2 ? "usage" : "failed");
    });
  }

  it("sends what is started meanwhile, and programs' own output, to standard error", async () => {
    const outputs: (string | undefined)[] = [];
    const answer = previewing({ moved: false });
    const run = await runCli(["contract", "--json"], {
      answer: (line, program) => {
        if (line.startsWith("pulumi stack select")) outputs.push(program.output);
        return answer?.(line, program);
      },
      sandbox: {
        startCluster: ({ write, terminal }) => {
          write(`starting, terminal: ${String(terminal)}\n`);
          return Promise.resolve({ address: "http://127.0.0.1:1/", detail: "" });
        },
      },
    });

    documentIn(run, "contract");
    expect(run.stderr).to.equal("starting, terminal: false\n");
    expect(outputs).to.deep.equal(["stderr"]);
  });
});

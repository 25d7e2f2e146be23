import { expect } from "chai";
import { idOf, standIn, type StandIn } from "../stand-in.ts";

const pipelines = "/api/v1/logs/config/pipelines";
const order = "/api/v1/logs/config/pipeline-order";

const dateRemapper = { type: "date-remapper", is_enabled: true, sources: ["timestamp"] };

function grok(differences: Record<string, unknown> = {}, samples?: string[]) {
  const rules = { match_rules: "rule %{data:msg}", support_rules: "", ...differences };
  return { type: "grok-parser", source: "message", grok: rules, ...(samples ? { samples } : {}) };
}

const nested = (...processors: unknown[]) => ({ type: "pipeline", name: "inner", processors });
const repeated = <T>(count: number, item: T) => Array.from({ length: count }, () => item);
const rules = (count: number) =>
  Array.from({ length: count }, (_, index) => `rule${index} %{data:msg}`).join("\n");

async function create(on: StandIn, name: string): Promise<string> {
  return idOf(await on.send(`POST ${pipelines}`, { name, filter: { query: "a:b" } }));
}

function refusal(status: number, code: string, message: string) {
  return { status, body: { error: { code, message } } };
}

const unclosed =
  'filter.query: the search "service:(a OR" is not understood: it ends where a term should stand';

describe("log pipelines", () => {
  it("are disabled unless told otherwise, with empty lists where those were left out", async () => {
    const processors = [grok(), nested(grok(), dateRemapper), { type: "pipeline", name: "bare" }];

    const { status, body } = await standIn().send(`POST ${pipelines}`, { name: "p", processors });

    const { id, ...rest } = body as Record<string, unknown>;
    expect(status).to.equal(200);
    expect(id).to.match(/^[\w-]{22}$/);
    expect(rest).to.deep.equal({
      type: "pipeline",
      name: "p",
      is_enabled: false,
      is_read_only: false,
      filter: { query: "" },
      processors: [
        { ...grok(), samples: [] },
        { ...nested({ ...grok(), samples: [] }, dateRemapper) },
        { type: "pipeline", name: "bare", processors: [] },
      ],
      tags: [],
      description: "",
    });
  });

  const limits: [string, unknown, unknown, string][] = [
    [
      "processors",
      { processors: repeated(20, dateRemapper) },
      { processors: repeated(21, dateRemapper) },
      "processors: at most 20 processors, got 21",
    ],
    [
      "nested processors",
      { processors: [nested(...repeated(20, dateRemapper))] },
      { processors: [nested(...repeated(21, dateRemapper))] },
      "processors[0].processors: at most 20 processors, got 21",
    ],
    [
      "grok rules",
      { processors: [grok({ match_rules: rules(10), support_rules: rules(11) })] },
      { processors: [grok({ match_rules: rules(11) })] },
      "processors[0].grok.match_rules: at most 10 rules, got 11",
    ],
    [
      "samples",
      { processors: [grok({}, repeated(5, "s"))] },
      { processors: [grok({}, repeated(6, "s"))] },
      "processors[0].samples: at most 5 samples, got 6",
    ],
    [
      "a sample's length",
      { processors: [grok({}, ["x".repeat(5000)])] },
      { processors: [nested(grok({}, ["s", "x".repeat(5001)]))] },
      "processors[0].processors[0].samples[1]: longer than 5000 characters",
    ],
    [
      "nesting",
      { processors: [nested(dateRemapper)] },
      { processors: [dateRemapper, nested(nested())] },
      "processors[1]: a nested pipeline cannot hold a pipeline",
    ],
    [
      "a rule's name",
      { processors: [grok({ match_rules: "one %{a}\n\n two %{b}\n" })] },
      { processors: [grok({ match_rules: "one %{a}\n%{word:b}" })] },
      'processors[0].grok.match_rules: rule 2 must read "name pattern", got "%{word:b}"',
    ],
    [
      "names used once",
      { processors: [grok({ match_rules: "one %{a}", support_rules: "one %{b}" })] },
      { processors: [grok({ match_rules: "one %{a}\none %{b}" })] },
      'processors[0].grok.match_rules: two rules are named "one"',
    ],
    [
      "full-text search",
      { filter: { query: "service:a @b:*" } },
      { filter: { query: "service:a *:term" } },
      "filter.query: full-text search (*:) is not allowed in pipeline filters",
    ],
    [
      "what a filter says",
      { filter: { query: "service:(a OR b) -@c:[1 TO 2]" } },
      { filter: { query: "service:(a OR" } },
      unclosed,
    ],
  ];
  for (const [what, fit, unfit, sentence] of limits) {
    it(`are limited in ${what}, when created and when updated`, async () => {
      const on = standIn();
      const id = await create(on, "p");
      const wrong = { name: "p", ...(unfit as object) };
      const answer = refusal(400, "InvalidArgument", sentence);

      const taken = await on.send(`POST ${pipelines}`, { name: "p", ...(fit as object) });

      expect(taken.status, JSON.stringify(taken.body)).to.equal(200);
      expect(await on.send(`POST ${pipelines}`, wrong)).to.deep.equal(answer);
      expect(await on.send(`PUT ${pipelines}/${id}`, wrong)).to.deep.equal(answer);
    });
  }

  it("answer a body that no model fits in Datadog's shape for log configuration", async () => {
    const reply = await standIn().send(`POST ${pipelines}`, {
      processors: [{ ...grok(), source: 1 }],
    });

    expect(reply).to.deep.equal(
      refusal(
        400,
        "InvalidArgument",
        "Invalid payload: 'name' is missing: must be present (string); Invalid payload: 'processors[0].source' is 1 (number): must be a string",
      ),
    );
  });

  it("answer 403 in Datadog's common shape", async () => {
    const reply = await standIn().send(`GET ${pipelines}`, undefined, { "dd-api-key": "" });

    expect(reply).to.deep.equal({ status: 403, body: { errors: ["Forbidden"] } });
  });

  it("are answered 400 when unknown, which the provider takes for gone", async () => {
    const { send } = standIn();
    const gone = refusal(400, "InvalidArgument", "Non existing pipeline");

    expect(await send(`GET ${pipelines}/x`)).to.deep.equal(gone);
    expect(await send(`PUT ${pipelines}/x`, { name: "p" })).to.deep.equal(gone);
    expect(await send(`DELETE ${pipelines}/x`)).to.deep.equal(gone);
  });
});

describe("the order of log pipelines", () => {
  it("puts a new pipeline last, and follows deletion", async () => {
    const on = standIn();
    const [a, b] = [await create(on, "a"), await create(on, "b")];

    expect((await on.send(`GET ${order}`)).body).to.deep.equal({ pipeline_ids: [a, b] });
    await on.send(`DELETE ${pipelines}/${a}`);
    expect((await on.send(`GET ${order}`)).body).to.deep.equal({ pipeline_ids: [b] });
  });

  it("is kept as put, over an update of a pipeline too", async () => {
    const on = standIn();
    const [a, b] = [await create(on, "a"), await create(on, "b")];

    const put = await on.send(`PUT ${order}`, { pipeline_ids: [b, a] });
    await on.send(`PUT ${pipelines}/${a}`, { name: "a2" });

    expect(put).to.deep.equal({ status: 200, body: { pipeline_ids: [b, a] } });
    const list = (await on.send(`GET ${pipelines}`)).body as { name: string }[];
    expect(list.map(({ name }) => name)).to.deep.equal(["b", "a2"]);
  });

  it("is refused with 422 and unchanged unless it names every pipeline once", async () => {
    const on = standIn();
    const [a, b] = [await create(on, "a"), await create(on, "b")];
    const wrong = [[], [a], [a, a], [a, b, b], [a, "other"], [a, b, "other"]];

    for (const ids of wrong) {
      expect(await on.send(`PUT ${order}`, { pipeline_ids: ids })).to.deep.equal(
        refusal(
          422,
          "UnprocessableEntity",
          `Cannot map pipelines to existing ones: pipeline_ids must hold each of [${a}, ${b}] once, got [${ids.join(", ")}]`,
        ),
      );
    }
    expect((await on.send(`GET ${order}`)).body).to.deep.equal({ pipeline_ids: [a, b] });
  });
});

import { createRequire } from "node:module";
import { expect } from "chai";
import { type Board, board, tile } from "../../../components/dashboards/layout.ts";
import { orderReconciliation } from "../../../components/dashboards/order-reconciliation.ts";
import { here } from "../../../components/dashboards/variables.ts";
import { note } from "../../../components/dashboards/widgets.ts";
import { markerTag } from "../../../components/incident/marker/mark.ts";
import { paymentMonitors } from "../../../components/monitors/all-monitors.ts";
import { tagsOf } from "../../../components/monitors/monitor-args.ts";
import { whereOf } from "../../../components/datadog/queries.ts";
import { problemsOf, problemText } from "../../../sandbox/datadog/http/validate-body.ts";
import { boards, frame } from "../../support/dashboards/boards.ts";
import { queriesOf, widgetsOf } from "../../support/dashboards/board-widgets.ts";

const { timeline, reconciliation } = boards;

interface Serializer {
  deserialize(value: unknown, type: string): unknown;
}
const serializerFile =
  "@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/models/ObjectSerializer.js";
const { ObjectSerializer } = createRequire(import.meta.url)(serializerFile) as {
  ObjectSerializer: Serializer;
};

/** Paths of what the official client's models do not know. */
function unknownParts(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const here =
    "_unparsed" in value || "_data" in value || value.constructor.name === "UnparsedObject";
  return [
    ...(here ? [path] : []),
    ...Object.entries(value).flatMap(([name, part]) =>
      name === "additionalProperties" && part !== undefined
        ? [`${path}.${Object.keys(part as object).join()}`]
        : unknownParts(part, `${path}.${name}`),
    ),
  ];
}

const lint = (document: Board) => unknownParts(ObjectSerializer.deserialize(document, "Dashboard"));
const plain = (document: Board) => JSON.parse(JSON.stringify(document)) as Board;

/** Whether no two widgets lie in one place, and none is beyond the twelfth column. */
function checkPlaces({ widgets }: Pick<Board, "widgets">): void {
  const taken = new Set<string>();
  for (const { definition, layout } of widgets) {
    expect(layout.x + layout.width).to.be.at.most(12);
    for (let x = layout.x; x < layout.x + layout.width; x += 1) {
      for (let y = layout.y; y < layout.y + layout.height; y += 1) {
        expect(taken.has(`${x} ${y}`), `${x} ${y}`).to.equal(false);
        taken.add(`${x} ${y}`);
      }
    }
    if (definition.type === "group") checkPlaces(definition as unknown as Board);
  }
}

for (const [name, document] of Object.entries(boards)) {
  describe(`the ${name} board`, () => {
    it("has nothing that Datadog's own models do not know", () => {
      expect(lint(plain(document))).to.deep.equal([]);
      expect(problemsOf("v1", "Dashboard", plain(document)).map(problemText)).to.deep.equal([]);
    });

    it("has no two widgets in one place, and none beyond the twelfth column", () => {
      checkPlaces(document);
    });

    it("has groups below its introduction, each as high as what is in it", () => {
      const [first, ...groups] = document.widgets;

      expect(first?.definition.type).to.equal("note");
      expect(new Set(groups.map(({ definition }) => definition.type))).to.deep.equal(
        new Set(["group"]),
      );
      for (const { definition, layout } of groups) {
        const inner = (definition as unknown as Board).widgets.map(({ layout: it }) => it);
        expect(layout.height).to.equal(1 + Math.max(...inner.map(({ y, height }) => y + height)));
      }
    });

    it("shows markers and Kubernetes' events behind every graph", () => {
      const graphs = widgetsOf(document).filter(({ type }) => type === "timeseries");

      expect(graphs).to.not.have.length(0);
      for (const { title, events } of graphs) {
        expect(events, String(title)).to.deep.equal([
          { q: "$cluster $namespace marker:incident" },
          { q: "$cluster $namespace source:kubernetes payment" },
        ]);
      }
    });

    it("links the pages that somebody on call needs", () => {
      const content = String(widgetsOf(document)[0]?.["content"]);

      for (const link of [
        "[Runbook](https://wiki.example.com/runbook)",
        "[Monitors](https://us5.datadoghq.com/monitors/manage?q=tag%3A%22incident%3Apayment-failure" +
          "%22%20tag%3A%22kube_cluster_name%3Akind-1%22%20tag%3A%22kube_namespace%3Asocks%22)",
        "[Dashboards](https://us5.datadoghq.com/dashboard/lists?q=Sock%20Shop)",
        "[Shop](http://localhost:2025)",
      ]) {
        expect(content).to.contain(link);
      }
    });

    it("notifies nobody, which the API would add by itself, and shuts nobody out", () => {
      expect(document).to.deep.include({ notify_list: [], restricted_roles: [] });
    });
  });
}

describe("the linter of boards", () => {
  const linted = (inner: object) => {
    const rows = [[tile(6, 2, { ...note("text", "white"), ...inner })]];
    return lint(plain(board(frame, content(rows))));
  };

  it("finds a wrong word of an enumeration and a property that is none, inside of a group", () => {
    expect(linted({})).to.deep.equal([]);
    expect(linted({ text_align: "middle" })).to.include(".widgets.1");
    expect(linted({ colour: "red" }).join()).to.include("colour");
  });
});

function content(rows: readonly (readonly ReturnType<typeof tile>[])[]) {
  const introduction = tile(12, 1, note("text", "white"));
  return { title: "x", description: "y", introduction, groups: [{ title: "z", rows }] };
}

describe("the boards together", () => {
  it("ask what the monitors ask", () => {
    const shop = { clusterName: "kind-1", namespace: "socks", images: { set: "weave" } } as const;
    const where = whereOf(shop);
    const shown = JSON.stringify([timeline, reconciliation]);
    const metrics = paymentMonitors(shop)
      .flatMap(({ key, condition }) =>
        condition.type === "metric alert" ? [[key, condition.query] as const] : [],
      )
      .map(([key, query]) => [key, query.match(/\b(?:sum|max):[\w.]+\{[^}]+\}/g) ?? []] as const);

    expect(metrics.length).to.be.greaterThan(8);
    const missing = metrics.flatMap(([key, series]) =>
      series
        .map((one) =>
          one.replace(where.cluster, here.cluster).replace(where.namespace, here.namespace),
        )
        .filter((one) => !shown.includes(one))
        .map(() => key),
    );
    // Shown by outcome and by service instead, and as lines of the log.
    expect(missing).to.deep.equal([
      "payment-silent",
      "payment-connection-refused",
      "order-timeouts",
      "orders-error-lines",
      "logs-unparsed",
    ]);
  });

  it("are the ones that the messages of the monitors lead to", () => {
    const shop = { clusterName: "c", namespace: "n", images: { set: "status-fix" } } as const;
    const named = new Set(paymentMonitors(shop).map(({ message }) => message.dashboard));

    const titles = [...named].map((title) => `${title} (socks)`);
    expect(titles.sort()).to.deep.equal([timeline.title, reconciliation.title].sort());
  });

  it("look for markers by a tag that no monitor's events carry", () => {
    const bars = queriesOf(timeline).filter(
      ({ widget }) => widget === "Incidents entered and left",
    );

    expect(bars.map(({ query }) => query)).to.include(`$cluster $namespace ${markerTag}`);
    expect(tagsOf("any", { clusterName: "c", namespace: "n" })).to.not.include(markerTag);
  });

  it("show the monitors and objectives by their ids", () => {
    const shown = widgetsOf(timeline);

    expect(shown.flatMap(({ alert_id: id }) => id ?? [])).to.deep.equal(["1", "2"]);
    expect(shown.flatMap(({ slo_id: id }) => id ?? [])).to.deep.equal(["abc", "def"]);
  });

  it("read from the state to the cause, the customers, the rest and single lines", () => {
    const groups = timeline.widgets.map(({ definition }) => definition["title"]);

    expect(groups).to.deep.equal([
      undefined,
      "Is it on?",
      "What broke?",
      "What do customers see?",
      "Behind the order: latency and the queue",
      "How much of the error budget is gone?",
      "Which lines and events say so?",
    ]);
  });

  it("name the path of the runbook where it is not published", () => {
    const unpublished = { ...frame, links: { ...frame.links, runbook: undefined } };
    const [first] = widgetsOf(orderReconciliation(unpublished));

    expect(first?.["content"]).to.contain("\n\nRunbook: docs/runbook.md · [Monitors]");
  });

  it("refuse a row that is too wide", () => {
    const wide = [[tile(7, 1, note("a", "white")), tile(6, 1, note("b", "white"))]];

    expect(() => board(frame, content(wide))).to.throw("a row is wider than 12 columns");
  });
});

import { createRequire } from "node:module";
import { expect } from "chai";
import { type Board, board, tile } from "../../../components/dashboards/layout.ts";
import { incidentTimeline } from "../../../components/dashboards/incident-timeline.ts";
import { orderReconciliation } from "../../../components/dashboards/order-reconciliation.ts";
import { here } from "../../../components/dashboards/variables.ts";
import { note } from "../../../components/dashboards/widgets.ts";
import { markerTag } from "../../../components/incident/marker/mark.ts";
import { paymentMonitors } from "../../../components/monitors/all-monitors.ts";
import { tagsOf } from "../../../components/monitors/monitor-args.ts";
import { whereOf } from "../../../components/datadog/queries.ts";
import { problemsOf, problemText } from "../../../sandbox/datadog/http/validate-body.ts";

const preset = { cluster: "kind-1", namespace: "socks" };
const ids = { cause: "1", rootCause: "2", orderSuccess: "abc", paymentAvailability: "def" };
const timeline = incidentTimeline(preset, ids);
const reconciliation = orderReconciliation(preset);
const boards = { timeline, reconciliation };

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

/** Everything that a widget looks for: metrics, log lines, events, monitors. */
function searchesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    ["query", "query_string", "q"].includes(name) && typeof part === "string"
      ? [part]
      : searchesOf(part),
  );
}

for (const [name, document] of Object.entries(boards)) {
  describe(`the ${name} board`, () => {
    it("has nothing that Datadog's own models do not know", () => {
      expect(lint(plain(document))).to.deep.equal([]);
      expect(problemsOf("v1", "Dashboard", plain(document)).map(problemText)).to.deep.equal([]);
    });

    it("has no two widgets in one place, and none beyond the twelfth column", () => {
      const taken = new Set<string>();
      for (const { layout } of document.widgets) {
        expect(layout.x + layout.width).to.be.at.most(12);
        for (let x = layout.x; x < layout.x + layout.width; x += 1) {
          for (let y = layout.y; y < layout.y + layout.height; y += 1) {
            expect(taken.has(`${x} ${y}`), `${x} ${y}`).to.equal(false);
            taken.add(`${x} ${y}`);
          }
        }
      }
    });

    it("shows markers and Kubernetes' events behind every graph", () => {
      const graphs = document.widgets
        .map(({ definition }) => definition)
        .filter(({ type }) => type === "timeseries");

      expect(graphs).to.not.have.length(0);
      for (const { title, events } of graphs) {
        expect(events, String(title)).to.deep.equal([
          { q: "$cluster $namespace marker:incident" },
          { q: "$cluster $namespace source:kubernetes payment" },
        ]);
      }
    });

    it("looks at the cluster and namespace that people choose, and presets the stack's", () => {
      expect(document["template_variables"]).to.deep.equal([
        {
          name: "cluster",
          prefix: "kube_cluster_name",
          available_values: [],
          defaults: ["kind-1"],
        },
        { name: "namespace", prefix: "kube_namespace", available_values: [], defaults: ["socks"] },
        { name: "service", prefix: "service", available_values: [], defaults: ["*"] },
      ]);
      expect(JSON.stringify(document.widgets)).to.not.match(/kind-1|kube_namespace:/);
      const searches = document.widgets.flatMap(({ definition }) => searchesOf(definition));
      expect(searches).to.not.have.length(0);
      for (const search of searches) {
        // Monitors carry no tag of a namespace.
        expect(search).to.match(/^tag:.* tag:\$cluster$|\$cluster.*\$namespace/);
      }
    });

    it("notifies nobody, which the API would add by itself, and shuts nobody out", () => {
      expect(document).to.deep.include({ notify_list: [], restricted_roles: [] });
    });
  });
}

describe("the linter of boards", () => {
  it("finds a wrong word of an enumeration and a property that is none", () => {
    const wrong = board({ title: "x", description: "y", preset }, [
      [tile(6, 2, { ...note("text", "white"), text_align: "middle" })],
      [tile(6, 2, { ...note("text", "white"), colour: "red" })],
    ]);

    expect(lint(plain(wrong))).to.include.members([".widgets.0", ".widgets.1.definition.colour"]);
  });
});

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
    // Shown as log lines by service instead.
    expect(missing).to.deep.equal(["orders-error-lines"]);
  });

  it("are the ones that the messages of the monitors lead to", () => {
    const shop = { clusterName: "c", namespace: "n", images: { set: "status-fix" } } as const;
    const named = new Set(paymentMonitors(shop).map(({ message }) => message.dashboard));

    expect([...named].sort()).to.deep.equal([timeline.title, reconciliation.title].sort());
  });

  it("look for markers by a tag that no monitor's events carry", () => {
    const shown = timeline.widgets.map(({ definition }) => definition);
    const [bars] = shown.filter(({ title }) => title === "Incidents entered and left");

    expect(searchesOf(bars?.["requests"])).to.deep.equal([`$cluster $namespace ${markerTag}`]);
    expect(tagsOf("any", { clusterName: "c", namespace: "n" })).to.not.include(markerTag);
  });

  it("show the monitors and objectives by their ids", () => {
    const shown = timeline.widgets.map(({ definition }) => definition);

    expect(shown.flatMap(({ alert_id: id }) => id ?? [])).to.deep.equal(["2", "1"]);
    expect(shown.flatMap(({ slo_id: id }) => id ?? [])).to.deep.equal(["abc", "def"]);
  });

  it("refuse a row that is too wide", () => {
    const wide = [[tile(7, 1, note("a", "white")), tile(6, 1, note("b", "white"))]];

    expect(() => board({ title: "x", description: "y", preset }, wide)).to.throw(
      "a row is wider than 12 columns",
    );
  });
});

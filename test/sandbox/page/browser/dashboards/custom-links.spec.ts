import { expect } from "chai";
import { customLinks } from "../../../../../sandbox/page/browser/dashboards/custom-links.ts";
import { declaredUnit } from "../../../../../sandbox/page/browser/dashboards/declared-unit.ts";

const window = { from: 1000, to: 2000.4 };
const expand = (query: string) => query.replace("$cluster", "name:a b");
const base = "http://127.0.0.1:2026";

describe("the links of a widget", () => {
  const linksOf = (links: unknown) =>
    customLinks({ type: "timeseries", custom_links: links }, window, expand, base);

  it("lead to the time and the variables that it shows", () => {
    const link = "/logs?query={{$cluster}}%20x&from_ts={{timestamp_start}}&to_ts={{timestamp_end}}";
    expect(linksOf([{ label: "Logs", link }])).to.deep.equal([
      { label: "Logs", href: `${base}/logs?query=name%3Aa%20b%20x&from_ts=1000&to_ts=2000` },
    ]);
  });

  it("are left out where they are hidden, run something, or need what nobody knows", () => {
    const odd = [
      { label: "a", link: "javascript:alert(1)" },
      { label: "b", link: "/logs?query={{host}}" },
      { label: "c", link: "/logs", is_hidden: true },
      { override_label: "logs" },
      null,
    ];
    expect(linksOf(odd)).to.deep.equal([]);
    expect(linksOf(undefined)).to.deep.equal([]);
  });
});

describe("the unit that a formula declares", () => {
  const unit = (words: Record<string, unknown>) =>
    declaredUnit({ formula: "q1", number_format: { unit: words } });

  it("is scaled where its family is known, and shown as it is where not", () => {
    expect(unit({ type: "canonical_unit", unit_name: "millisecond" })).to.deep.equal({
      name: "millisecond",
      family: "time",
      short_name: "ms",
      scale_factor: 0.001,
    });
    expect(unit({ type: "custom_unit_label", label: "orders" })).to.deep.include({
      short_name: "orders",
      family: "custom",
    });
  });

  it("is missing where none is declared", () => {
    expect(declaredUnit({ formula: "q1" })).to.equal(undefined);
    expect(declaredUnit(undefined)).to.equal(undefined);
    expect(unit({ label: "" })).to.equal(undefined);
  });
});

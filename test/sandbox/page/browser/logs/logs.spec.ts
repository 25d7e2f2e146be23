import { expect } from "chai";
import { eventCell, logCell } from "../../../../../sandbox/page/browser/logs/columns.ts";
import { attributeFacets, leaves } from "../../../../../sandbox/page/browser/logs/facets.ts";
import {
  hasTerm,
  termOf,
  withoutTerm,
  withTerm,
} from "../../../../../sandbox/page/browser/logs/search-terms.ts";

function log(attributes: Record<string, unknown>) {
  const own = {
    message: "m\u202E",
    service: "s",
    status: "info",
    host: "h",
    tags: ["env:dev", "x"],
  };
  return { id: "1", attributes: { ...own, timestamp: "2027-01-05T10:00:00Z", attributes } };
}

describe("terms of a log search", () => {
  it("are quoted where the value is no plain word", () => {
    expect(termOf("service", "sock-shop-orders")).to.equal("service:sock-shop-orders");
    expect(termOf("@a", 'b "c" \\')).to.equal('@a:"b \\"c\\" \\\\"');
    expect(termOf("@a", "x:y*")).to.equal('@a:"x:y*"');
  });

  it("are added once, after brackets around alternatives", () => {
    expect(withTerm("*", "service", "a")).to.equal("service:a");
    expect(withTerm("service:a", "service", "a")).to.equal("service:a");
    expect(withTerm("a OR b", "status", "error")).to.equal("(a OR b) status:error");
  });

  it("are taken out, and nothing else is", () => {
    expect(withoutTerm("service:a service:ab x", "service", "a")).to.equal("service:ab x");
    expect(hasTerm("service:ab", "service", "a")).to.equal(false);
    expect(hasTerm("x service:a", "service", "a")).to.equal(true);
  });
});

describe("facets of logs", () => {
  it("are attributes that repeat: no ids, and none that all have for themselves", () => {
    const logs = Array.from({ length: 20 }, (_, index) =>
      log({
        order: { id: `id-${index}`, outcome: index % 2 ? "placed" : "refused" },
        one: index === 3 ? "x" : null,
      }),
    );
    expect(attributeFacets(logs)).to.deep.equal(["@order.outcome"]);
  });

  it("read plain values at every depth, and no lists", () => {
    expect(leaves({ a: { b: 1, c: [1] }, d: true, e: null, "f.g": "x" })).to.deep.equal([
      ["a.b", "1"],
      ["d", "true"],
      ["f.g", "x"],
    ]);
  });
});

describe("columns of streams", () => {
  it("are a log's own fields, attributes and tags", () => {
    const one = log({ order: { id: "7" }, "dotted.key": 0 });
    const fields = [
      "content",
      "service",
      "status",
      "host",
      "@order.id",
      "@dotted.key",
      "@none",
      "env",
    ];
    expect(fields.map((field) => logCell(one, field))).to.deep.equal([
      "m‹U+202E›",
      "s",
      "info",
      "h",
      "7",
      "0",
      "",
      "dev",
    ]);
  });

  it("are an event's title, text, tags and attributes", () => {
    const event = {
      id: "1",
      attributes: {
        timestamp: "2027-01-05T10:00:00Z",
        message: "text",
        tags: ["source:kubernetes", "a:b"],
        attributes: { title: "<b>t</b>", status: "warn", evt: { name: "n" } },
      },
    };
    const fields = ["title", "content", "status", "tags", "source", "@evt.name"];
    expect(fields.map((field) => eventCell(event, field))).to.deep.equal([
      "<b>t</b>",
      "text",
      "warn",
      "source:kubernetes, a:b",
      "kubernetes",
      "n",
    ]);
  });
});

import { expect } from "chai";
import { errorsOf, type StandIn } from "../stand-in.ts";
import { minute, now, points, withData } from "./stored.ts";

export async function send(on: StandIn, path: string, attributes: Record<string, unknown>) {
  const type = path === "scalar" ? "scalar_request" : "timeseries_request";
  const body = { data: { type, attributes: { from: now - 5 * minute, to: now, ...attributes } } };
  return on.send(`POST /api/v2/query/${path}`, body);
}

export async function curves(on: StandIn, attributes: Record<string, unknown>) {
  const reply = await send(on, "timeseries", attributes);
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  const { data } = reply.body as {
    data: {
      attributes: {
        series: { group_tags: string[]; query_index: number }[];
        times: number[];
        values: (number | null)[][];
      };
    };
  };
  const { series, times, values } = data.attributes;
  return {
    times: times.map((at) => (now - at) / 1000),
    curves: series.map(({ group_tags: tags, query_index: index }, at) => {
      return [index, tags.join(), values[at]];
    }),
  };
}

export async function columns(on: StandIn, attributes: Record<string, unknown>) {
  const reply = await send(on, "scalar", attributes);
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  const { data } = reply.body as {
    data: { attributes: { columns: { name: string; type: string; values: unknown[] }[] } };
  };
  return data.attributes.columns.map(({ name, type, values }) => [name, type, values]);
}

export async function refusal(on: StandIn, path: string, attributes: Record<string, unknown>) {
  const reply = await send(on, path, attributes);
  expect(reply.status).to.equal(400);
  return errorsOf(reply).join();
}

export const metric = (name: string, query: string, aggregator?: string) => {
  return { data_source: "metrics", name, query, ...(aggregator && { aggregator }) };
};

export const logs = (name: string, query: string, more: Record<string, unknown> = {}) => {
  const compute = { aggregation: "count" };
  return { data_source: "logs", name, search: { query }, compute, indexes: ["*"], ...more };
};

export const counts = () =>
  withData({
    points: [
      ...points("f", "count", { 0: 1, 30: 2 }, ["service:a"]),
      ...points("f", "count", { 0: 3 }, ["service:b"]),
      ...points("p", "count", { 0: 1, 60: 5 }, ["service:a"]),
    ],
  });

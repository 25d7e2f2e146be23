/**
 * Part of `make bench`: what the agent's rules save. Five minutes of a shop that a customer orders
 * from, with its health checks at the probes' rate of two a minute and service, as lines and bytes with
 * and without the rules that the stack declares on its pods.
 */
import { columns } from "../../../cli/framework/columns.ts";
import { request, shopper, socks } from "../../../simulation/timeline/shopper.ts";
import { startShop } from "../../../simulation/timeline/simulated-shop.ts";
import { agentEvents, declaredLogs } from "../../support/logs/log-pipeline.ts";

/** Probes of the three Go services in five minutes: liveness and readiness, each every 10 s. */
const healthChecks = 60;
const services = [
  "orders",
  "front-end",
  "user",
  "payment",
  "catalogue",
  "carts",
  "shipping",
] as const;

const declared = await declaredLogs();
const shop = await startShop("weave");
try {
  const customer = shopper(shop.url("front-end"));
  await customer.signUp("ada");
  for (let order = 0; order < 25; order += 1) {
    await customer.fillCart(socks.figueroa);
    await customer.order();
  }
  for (let check = 0; check < healthChecks; check += 1) {
    for (const name of ["payment", "user", "catalogue"]) {
      await request(`${shop.url(name)}/health`, "GET");
    }
  }
  const rows = services.map((service) => {
    const text = shop.log(service);
    const sent = agentEvents(declared, service, text).map(({ message }) => message);
    return { service, lines: text.split("\n").length, bytes: text.length, sent };
  });
  const sum = {
    service: "all",
    lines: rows.reduce((total, { lines }) => total + lines, 0),
    bytes: rows.reduce((total, { bytes }) => total + bytes, 0),
    sent: rows.flatMap(({ sent }) => sent),
  };
  const table = [...rows, sum].map(({ service, lines, bytes, sent }) => {
    const left = sent.join("\n").length;
    const saved = `${Math.round(100 * (1 - left / bytes))} % of the bytes saved`;
    return [service, `${lines} lines`, `${sent.length} logs`, `${bytes} to ${left} bytes`, saved];
  });
  console.log(`log volume with the agent's rules\n${columns(table).join("\n")}`);
} finally {
  await shop.close();
}

import { thresholdCase, type ThresholdCases, type Story } from "./threshold-case.ts";

const orders = (text: string, minutes = 45): Story => ({ orders: text, minutes });

/** ThresholdCases of the monitors of money. */
export const money: ThresholdCases = {
  "payment-declines": {
    "critical 100": {
      ...thresholdCase(
        orders("10:05 6 declined 1 placed"),
        ["11 Warn", "41 OK"],
        orders("10:05 6 declined"),
        ["11 Warn", "41 OK"],
      ),
      unreachable: "all of them are 100 %, and the monitor asks for more",
    },
    // 25 of 50 are 50 %, 26 of 51 are 50.98 %.
    "warning 50": thresholdCase(
      orders("10:05 25 declined 25 placed"),
      [],
      orders("10:05 26 declined 25 placed"),
      ["11 Warn", "41 OK"],
    ),
    // 8 of 26 are 30.8 %, 8 of 27 are 29.6 %.
    "warning_recovery 30": thresholdCase(
      orders("10:05 8 declined 5 placed, 12:05 13 placed"),
      ["11 Warn", "41 OK"],
      orders("10:05 8 declined 5 placed, 12:05 14 placed"),
      ["11 Warn", "13 OK"],
    ),
    "window 30m after 60s": thresholdCase(
      orders("10:05 1 declined"),
      ["11 Warn", "41 OK"],
      orders("10:15 1 declined"),
      ["12 Warn", "42 OK"],
    ),
    resolve: thresholdCase(
      orders("10:05 1 declined, 40:05 1 declined", 75),
      ["11 Warn", "71 OK"],
      orders("10:05 1 declined, 40:15 1 declined", 75),
      ["11 Warn", "41 OK", "42 Warn", "72 OK"],
    ),
  },
  "payments-unplaced": {
    "critical 0": thresholdCase(
      orders("10:05 9 placed 3 declined 3 payment-error"),
      [],
      orders("10:05 9 placed 1 shipping-timeout"),
      ["11 Alert", "26 OK"],
    ),
    "window 15m after 60s": thresholdCase(
      orders("10:05 1 shipping-timeout"),
      ["11 Alert", "26 OK"],
      orders("10:15 1 shipping-timeout"),
      ["12 Alert", "27 OK"],
    ),
  },
  "payments-unplaced-before": {
    "critical 0": thresholdCase(
      orders("10:05 9 placed 3 declined 3 payment-error"),
      [],
      // Payment authorises what orders has given up five seconds before.
      orders("10:00 9 placed 1 payment-timeout"),
      ["12 Alert", "26 OK"],
    ),
    "window 14m after 120s": thresholdCase(
      orders("10:05 1 shipping-timeout"),
      ["12 Alert", "26 OK"],
      orders("10:15 1 shipping-timeout"),
      ["13 Alert", "27 OK"],
    ),
  },
};

/** ThresholdCases of the monitors of the watching itself. */
export const watch: ThresholdCases = {
  "logs-unparsed": {
    "critical 20": thresholdCase(
      { unknownLines: "9:00 20", orders: "9:00 9 placed", minutes: 75 },
      [],
      { unknownLines: "9:00 21", minutes: 75 },
      ["10 Alert", "69 OK"],
    ),
    // The first of 21 lines leaves the window.
    "window 60m": thresholdCase(
      { unknownLines: "10:05 1, 10:30 20", minutes: 75 },
      ["12 Alert", "70 OK"],
      { unknownLines: "10:15 1, 10:30 20", minutes: 75 },
      ["12 Alert", "71 OK"],
    ),
  },
  // Agents report each 15 seconds; the monitor looks at the last two reports of each.
  "agent-not-reporting": {
    "critical 1": thresholdCase(
      { unwell: "9:45 10:00 CRITICAL" },
      [],
      { unwell: "10:00 10:15 CRITICAL" },
      ["10 Alert host:node-1", "11 OK host:node-1"],
    ),
    "warning 1": thresholdCase(
      { unwell: "9:45 10:00 WARNING" },
      [],
      { unwell: "10:00 10:15 WARNING" },
      ["10 Warn host:node-1", "11 OK host:node-1"],
    ),
    "ok 1": thresholdCase(
      { unwell: "10:00 11:15 CRITICAL" },
      ["10 Alert host:node-1", "12 OK host:node-1"],
      { unwell: "10:00 11:00 CRITICAL" },
      ["10 Alert host:node-1", "11 OK host:node-1"],
    ),
    // A report says something for two minutes: that of 9:45 until 11.
    "no data for 10m": thresholdCase(
      { silent: "9:46 21:00 node-1" },
      [],
      { silent: "9:46 21:01 node-1" },
      ["21 No Data host:node-1", "22 OK host:node-1"],
    ),
  },
};

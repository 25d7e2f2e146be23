import { thresholdCase, type ThresholdCases, type Story } from "./threshold-case.ts";

const up = "0:00 1/1";

/** ThresholdCases of the composites: all members but one alert, then this one as well. */
export const composites: ThresholdCases = {
  "payment-down": {
    "member payment-no-replicas": thresholdCase(
      { pods: up, orders: "9:59 1 payment-refused" },
      [],
      { pods: "0:00 1/1, 5:00 0/1", orders: "9:59 1 payment-refused" },
      ["10 Alert", "25 OK"],
    ),
    "member payment-failures": thresholdCase(
      { pods: "0:00 1/1, 5:00 0/1", orders: "9:59 1 placed" },
      [],
      { pods: "0:00 1/1, 5:00 0/1", orders: "9:59 1 payment-refused" },
      ["10 Alert", "25 OK"],
    ),
  },
  "orders-fail-payment-up": {
    // Failures are seen from 11 to 15; the last report without a pod is forgotten at 16, or at 15.
    "member payment-recent-outage": thresholdCase(
      { pods: "0:00 1/1, 5:15 0/1, 5:30 1/1", orders: "8:15 3 payment-error" },
      [],
      { pods: "0:00 1/1, 5:00 0/1, 5:15 1/1", orders: "8:15 3 payment-error" },
      ["15 Alert", "16 OK"],
    ),
    "member order-failures-delayed": thresholdCase(
      { pods: up, orders: "10:05 2 payment-error" },
      ["12 Warn", "17 OK"],
      { pods: up, orders: "10:05 3 payment-error" },
      ["12 Alert", "17 OK"],
    ),
  },
  "order-failures": {
    "member order-failure-ratio": thresholdCase(
      { orders: "10:05 5 payment-error 20 placed" },
      ["11 Warn", "21 OK"],
      { orders: "10:05 5 payment-error 19 placed" },
      ["11 Alert", "21 OK"],
    ),
    "member order-volume": thresholdCase(
      { orders: "10:05 2 payment-error" },
      [],
      { orders: "10:05 3 payment-error" },
      ["11 Alert", "21 OK"],
    ),
  },
  // The order that failed makes payment-failures alert from 10 to 24.
  "lost-money": {
    // An order must be on its way for more than a minute to look like a lost one: authorised at 10:05,
    // it counts as that from 11:10 on, and is placed before, or after.
    "member payments-unplaced": thresholdCase(
      { orders: "9:59 1 payment-refused, 10:05 1 placed", answered: "10:05 55s" },
      [],
      { orders: "9:59 1 payment-refused, 10:05 1 placed", answered: "10:05 65s" },
      ["12 Alert", "13 OK"],
    ),
    // At 12 an order that was authorised at 11:05 may still be placed; at 13 it is lost.
    "member payments-unplaced-before": thresholdCase(
      { orders: "9:59 1 payment-refused, 11:05 1 placed", answered: "11:05 10s" },
      [],
      { orders: "9:59 1 payment-refused, 11:05 1 shipping-timeout" },
      ["13 Alert", "27 OK"],
    ),
    // Even three minutes are no loss as long as nothing fails.
    "member payment-failures": thresholdCase(
      { orders: "9:59 1 placed, 10:05 1 placed", answered: "10:05 180s" },
      [],
      { orders: "9:59 1 payment-refused, 10:05 1 placed", answered: "10:05 180s" },
      ["12 Alert", "14 OK"],
    ),
  },
  "payment-silent-while-ordering": {
    "member payment-silent": thresholdCase(
      { pods: "0:00 1/1, 5:11 0/1, 10:01 1/1", orders: "9:05 3 payment-refused" },
      [],
      { pods: "0:00 1/1, 5:10 0/1, 10:01 1/1", orders: "9:05 3 payment-refused" },
      ["10 Alert", "11 OK"],
    ),
    "member order-volume": thresholdCase(
      { pods: "0:00 1/1, 5:10 0/1, 10:01 1/1", orders: "9:05 2 payment-refused" },
      [],
      { pods: "0:00 1/1, 5:10 0/1, 10:01 1/1", orders: "9:05 3 payment-refused" },
      ["10 Alert", "11 OK"],
    ),
  },
};

const orders = (text: string, minutes = 75): Story => ({ orders: text, minutes });

const pods = (text: string): Story => ({ pods: text, minutes: 75 });

/** ThresholdCases of the alerts on the error budgets; of the orders, one in a hundred may fail. */
export const budgets: ThresholdCases = {
  // 1 of 6 burns 16.67 times too fast, 1 of 5 20 times.
  "order-budget-burns-fast": {
    "long rate 16.8": thresholdCase(
      orders("10:05 5 placed, 20:05 1 payment-error"),
      [],
      orders("10:05 4 placed, 20:05 1 payment-error"),
      ["21 Alert", "25 OK"],
    ),
    "short rate 16.8": thresholdCase(
      orders("10:05 5 payment-error, 20:05 1 payment-error 5 placed"),
      ["11 Alert", "15 OK"],
      orders("10:05 5 payment-error, 20:05 1 payment-error 4 placed"),
      ["11 Alert", "15 OK", "21 Alert", "25 OK"],
    ),
    // What was placed leaves the window, and the share of the failed one grows.
    "long window 60m": thresholdCase(
      orders("0:05 5 placed, 58:05 1 payment-error"),
      ["60 Alert", "63 OK"],
      orders("0:15 5 placed, 58:05 1 payment-error"),
      ["61 Alert", "63 OK"],
    ),
    "short window 5m": thresholdCase(
      orders("20:05 1 payment-error"),
      ["21 Alert", "25 OK"],
      orders("20:15 1 payment-error"),
      ["21 Alert", "26 OK"],
    ),
  },
  // 1 of 18 burns 5.56 times too fast, 1 of 17 5.88 times.
  "order-budget-burns-slowly": {
    "long rate 5.6": thresholdCase(
      orders("10:05 17 placed, 45:05 1 payment-error", 90),
      [],
      orders("10:05 16 placed, 45:05 1 payment-error", 90),
      ["46 Alert", "75 OK"],
    ),
    "short rate 5.6": thresholdCase(
      orders("10:05 5 payment-error, 50:05 1 payment-error 17 placed", 90),
      ["11 Alert", "40 OK"],
      orders("10:05 5 payment-error, 50:05 1 payment-error 16 placed", 90),
      ["11 Alert", "40 OK", "51 Alert", "80 OK"],
    ),
    "long window 360m": thresholdCase(
      orders("0:05 17 placed, 358:05 1 payment-error", 390),
      ["360 Alert", "388 OK"],
      orders("0:15 17 placed, 358:05 1 payment-error", 390),
      ["361 Alert", "388 OK"],
    ),
    "short window 30m": thresholdCase(
      orders("10:05 1 payment-error"),
      ["11 Alert", "40 OK"],
      orders("10:15 1 payment-error"),
      ["11 Alert", "41 OK"],
    ),
  },
  // Downtime is counted by the minutes of payment-no-replicas, one of 200 may be down. Before it was
  // watched for an hour, its time is what there is of the window.
  "payment-budget-burns": {
    // 3 of 36 minutes burn 16.67 times too fast, 3 of 35 17.14 times.
    "long rate 16.8": thresholdCase(
      pods("0:00 1/1, 32:00 0/1, 35:10 1/1"),
      [],
      pods("0:00 1/1, 31:00 0/1, 34:10 1/1"),
      ["35 Alert", "36 OK"],
    ),
    // One report of a pod in the last minute, or none: a minute of five burns 40 times too fast.
    "short rate 16.8": thresholdCase(
      pods("0:00 1/1, 5:00 0/1, 15:10 1/1, 30:16 0/1, 31:10 1/1"),
      ["7 Alert", "21 OK"],
      pods("0:00 1/1, 5:00 0/1, 15:10 1/1, 30:15 0/1, 31:10 1/1"),
      ["7 Alert", "21 OK", "32 Alert", "37 OK"],
    ),
    // Down from 6 to 11 and for another minute: 6 minutes of 60 at 66, 5 of 60 at 67.
    "long window 60m": thresholdCase(
      pods("0:00 1/1, 5:00 0/1, 10:10 1/1, 65:00 0/1, 66:10 1/1"),
      ["7 Alert", "16 OK"],
      pods("0:00 1/1, 5:00 0/1, 10:10 1/1, 64:00 0/1, 65:10 1/1"),
      ["7 Alert", "16 OK", "66 Alert", "67 OK"],
    ),
    "short window 5m": thresholdCase(
      pods("0:00 1/1, 5:00 0/1, 9:45 1/1"),
      ["7 Alert", "15 OK"],
      pods("0:00 1/1, 5:00 0/1, 9:46 1/1"),
      ["7 Alert", "16 OK"],
    ),
  },
};

import { thresholdCase, type ThresholdCases, type Story } from "./threshold-case.ts";

// Metrics count lines by steps of ten seconds: a line of 10:05 counts at 10:00 and leaves a window of
// ten minutes at 20, one of 10:15 counts at 10:10. A delay of a minute makes minute 11 of 10:00.

const orders = (text: string, minutes = 45): Story => ({ orders: text, minutes });

/** ThresholdCases of the monitors of orders that fail. */
const lines: ThresholdCases = {
  "payment-failures": {
    "critical 0": thresholdCase(
      orders("9:59 5 placed 1 declined"),
      [],
      orders("9:59 1 payment-refused"),
      ["10 Alert", "25 OK"],
    ),
    "window 15m": thresholdCase(
      orders("10:05 1 payment-error"),
      ["11 Alert", "25 OK"],
      orders("10:15 1 payment-error"),
      ["11 Alert", "26 OK"],
    ),
  },
  "payment-connection-refused": {
    "critical 2": thresholdCase(
      orders("9:59 2 payment-refused 5 payment-error"),
      ["10 Warn", "20 OK"],
      orders("9:59 3 payment-refused"),
      ["10 Alert", "20 OK"],
    ),
    "warning 0": thresholdCase(
      orders("9:59 1 payment-error"),
      [],
      orders("9:59 1 payment-refused"),
      ["10 Warn", "20 OK"],
    ),
    "window 10m": thresholdCase(
      orders("10:05 1 payment-refused"),
      ["11 Warn", "20 OK"],
      orders("10:15 1 payment-refused"),
      ["11 Warn", "21 OK"],
    ),
  },
  // Orders gives up five seconds after the attempt.
  "order-timeouts": {
    "critical 2": thresholdCase(
      orders("9:54 1 payment-timeout 1 shipping-timeout 5 payment-error"),
      ["10 Warn", "20 OK"],
      orders("9:54 2 payment-timeout 1 shipping-timeout"),
      ["10 Alert", "20 OK"],
    ),
    "warning 0": thresholdCase(
      orders("9:54 1 payment-refused"),
      [],
      orders("9:54 1 payment-timeout"),
      ["10 Warn", "20 OK"],
    ),
    "window 10m": thresholdCase(
      orders("10:00 1 payment-timeout"),
      ["11 Warn", "20 OK"],
      orders("10:10 1 payment-timeout"),
      ["11 Warn", "21 OK"],
    ),
  },
  "orders-payment-failed-status": {
    "critical 0": thresholdCase(
      { orders: "9:59 1 placed 1 declined", images: "status-fix" },
      [],
      { orders: "9:59 1 payment-refused", images: "status-fix" },
      ["10 Alert", "25 OK"],
    ),
    "window 15m": thresholdCase(
      { orders: "10:05 1 payment-refused", images: "status-fix" },
      ["11 Alert", "25 OK"],
      { orders: "10:15 1 payment-refused", images: "status-fix" },
      ["11 Alert", "26 OK"],
    ),
  },
};

/** ThresholdCases of the monitors of counted orders and lines. */
const counts: ThresholdCases = {
  "order-failure-ratio": {
    // 5 of 25 are 20 %, 5 of 24 are 20.8 %.
    "critical 20": thresholdCase(
      orders("10:05 5 payment-error 20 placed"),
      ["11 Warn", "21 OK"],
      orders("10:05 5 payment-error 19 placed"),
      ["11 Alert", "21 OK"],
    ),
    // 5 of 49 are 10.2 %, 5 of 50 are 10 %.
    "critical_recovery 10": thresholdCase(
      orders("10:05 5 payment-error 19 placed, 12:05 25 placed"),
      ["11 Alert", "21 OK"],
      orders("10:05 5 payment-error 19 placed, 12:05 26 placed"),
      ["11 Alert", "13 Warn", "21 OK"],
    ),
    // 1 of 20 is 5 %, 1 of 19 is 5.3 %.
    "warning 5": thresholdCase(
      orders("10:05 1 payment-error 19 placed 9 declined"),
      [],
      orders("10:05 1 payment-error 18 placed 9 declined"),
      ["11 Warn", "21 OK"],
    ),
    // 1 of 49 is 2.04 %, 1 of 50 is 2 %.
    "warning_recovery 2": thresholdCase(
      orders("10:05 1 payment-error 18 placed, 12:05 30 placed"),
      ["11 Warn", "21 OK"],
      orders("10:05 1 payment-error 18 placed, 12:05 31 placed"),
      ["11 Warn", "13 OK"],
    ),
    "window 10m after 60s": thresholdCase(
      orders("10:05 1 payment-error"),
      ["11 Alert", "21 OK"],
      orders("10:15 1 payment-error"),
      ["12 Alert", "22 OK"],
    ),
    // The first order leaves the window at 21, when the second is in it or is not yet.
    resolve: thresholdCase(
      orders("10:05 1 payment-error, 20:05 1 payment-error"),
      ["11 Alert", "31 OK"],
      orders("10:05 1 payment-error, 20:15 1 payment-error"),
      ["11 Alert", "21 OK", "22 Alert", "32 OK"],
    ),
  },
  "order-volume": {
    "critical 3": thresholdCase(
      orders("10:05 1 placed 1 payment-error 9 declined"),
      [],
      orders("10:05 2 placed 1 payment-error"),
      ["11 Alert", "21 OK"],
    ),
    "window 10m after 60s": thresholdCase(
      orders("10:05 3 placed"),
      ["11 Alert", "21 OK"],
      orders("10:15 3 placed"),
      ["12 Alert", "22 OK"],
    ),
  },
  "order-failures-delayed": {
    "critical 2": thresholdCase(
      orders("10:05 2 payment-error 9 placed"),
      ["12 Warn", "17 OK"],
      orders("10:05 3 payment-error"),
      ["12 Alert", "17 OK"],
    ),
    // Of three failures two are left at 17, or one.
    "critical_recovery 1": thresholdCase(
      orders("10:05 1 payment-error, 11:05 2 payment-error"),
      ["12 Warn", "13 Alert", "18 OK"],
      orders("10:05 2 payment-error, 11:05 1 payment-error"),
      ["12 Warn", "13 Alert", "17 Warn", "18 OK"],
    ),
    "warning 0": thresholdCase(
      orders("10:05 3 placed 3 declined"),
      [],
      orders("10:05 1 payment-error"),
      ["12 Warn", "17 OK"],
    ),
    "window 5m after 120s": thresholdCase(
      orders("10:05 1 payment-error"),
      ["12 Warn", "17 OK"],
      orders("10:15 1 payment-error"),
      ["13 Warn", "18 OK"],
    ),
  },
  // A refused order is one ERROR line of the stock build.
  "orders-error-lines": {
    "critical 10": thresholdCase(
      orders("10:05 10 payment-refused"),
      ["11 Warn", "15 OK"],
      orders("10:05 11 payment-refused"),
      ["11 Alert", "15 OK"],
    ),
    // Of eleven lines six are left at 15, or five.
    "critical_recovery 5": thresholdCase(
      orders("10:05 5 payment-refused, 11:05 6 payment-refused"),
      ["11 Warn", "12 Alert", "16 OK"],
      orders("10:05 6 payment-refused, 11:05 5 payment-refused"),
      ["11 Warn", "12 Alert", "15 Warn", "16 OK"],
    ),
    "warning 3": thresholdCase(
      orders("10:05 3 payment-refused"),
      [],
      orders("10:05 4 payment-refused"),
      ["11 Warn", "15 OK"],
    ),
    // Of four lines two are left at 15, or one.
    "warning_recovery 1": thresholdCase(
      orders("10:05 2 payment-refused, 11:05 2 payment-refused"),
      ["12 Warn", "16 OK"],
      orders("10:05 3 payment-refused, 11:05 1 payment-refused"),
      ["12 Warn", "15 OK"],
    ),
    "window 5m": thresholdCase(
      orders("10:05 4 payment-refused"),
      ["11 Warn", "15 OK"],
      orders("10:15 4 payment-refused"),
      ["11 Warn", "16 OK"],
    ),
  },
};

/** ThresholdCases of the monitors of what customers and orders' logs see. */
export const symptoms: ThresholdCases = { ...lines, ...counts };

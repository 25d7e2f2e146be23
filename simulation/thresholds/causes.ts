import { thresholdCase, type ThresholdCases } from "./threshold-case.ts";

// kube-state-metrics is asked each 15 seconds, on the quarter. A window of minute N ends with N:00,
// that report included, and begins after the report that is as old as the window is long. Reports are
// averaged by steps of 20 seconds, so that a pod and no pod are half a pod.

/** ThresholdCases of the monitors of what runs. */
export const causes: ThresholdCases = {
  "payment-no-replicas": {
    "critical 1": thresholdCase(
      { pods: "0:00 2/2, 5:00 1/2" },
      [],
      { pods: "0:00 2/2, 5:00 0/2" },
      ["6 Alert"],
    ),
    // One report of a pod in the minute is enough to be quiet.
    "window 1m": thresholdCase(
      { pods: "0:00 1/1, 5:15 0/1" },
      ["6 Alert"],
      { pods: "0:00 1/1, 5:16 0/1" },
      ["7 Alert"],
    ),
    // The last report is that of 5:00; at 15 it is ten minutes old.
    "no data for 10m": thresholdCase(
      { pods: "0:00 1/1", silent: "5:01 15:00 cluster-agent" },
      [],
      { pods: "0:00 1/1", silent: "5:01 15:01 cluster-agent" },
      ["15 No Data", "16 OK"],
    ),
  },
  "payment-recent-outage": {
    "critical 1": thresholdCase(
      { pods: "0:00 2/2, 5:00 1/2, 6:00 2/2" },
      [],
      { pods: "0:00 1/1, 5:00 0/1, 6:00 1/1" },
      ["5 Alert", "16 OK"],
    ),
    // A single report without a pod, that of 5:00 or of 5:15, is in the window for ten minutes.
    "window 10m": thresholdCase(
      { pods: "0:00 1/1, 5:00 0/1, 5:15 1/1" },
      ["5 Alert", "15 OK"],
      { pods: "0:00 1/1, 5:01 0/1, 5:16 1/1" },
      ["6 Alert", "16 OK"],
    ),
    show_no_data: thresholdCase(
      { pods: "0:00 1/1", silent: "5:01 15:00 cluster-agent" },
      [],
      { pods: "0:00 1/1", silent: "5:01 15:01 cluster-agent" },
      ["15 No Data", "16 OK"],
    ),
  },
  "payment-scaled-to-zero": {
    // Pods that do not start are desired all the same.
    "critical 1": thresholdCase(
      { pods: "0:00 1/1, 5:00 0/1" },
      [],
      { pods: "0:00 1/1, 5:00 0/0" },
      ["7 Alert"],
    ),
    "window 2m": thresholdCase(
      { pods: "0:00 1/1, 5:15 0/0" },
      ["7 Alert"],
      { pods: "0:00 1/1, 5:16 0/0" },
      ["8 Alert"],
    ),
    show_no_data: thresholdCase(
      { pods: "0:00 1/1", silent: "5:01 7:00 cluster-agent" },
      [],
      { pods: "0:00 1/1", silent: "5:01 7:01 cluster-agent" },
      ["7 No Data", "8 OK"],
    ),
  },
  "payment-no-endpoints": {
    // Only agents before kube-state-metrics 2.18 count nothing as 0.
    "critical 1": thresholdCase(
      { pods: "0:00 2/2, 5:00 1/2", noAddress: "zero" },
      [],
      { pods: "0:00 2/2, 5:00 0/2", noAddress: "zero" },
      ["10 Alert"],
    ),
    "window 5m": thresholdCase(
      { pods: "0:00 1/1, 5:15 0/1", noAddress: "zero" },
      ["10 Alert"],
      { pods: "0:00 1/1, 5:16 0/1", noAddress: "zero" },
      ["11 Alert"],
    ),
    // The last report is that of 5:00; the next one is that of 10:00, or one after it.
    show_and_notify_no_data: thresholdCase(
      { pods: "0:00 1/1, 5:15 0/1, 10:00 1/1" },
      [],
      { pods: "0:00 1/1, 5:15 0/1, 10:01 1/1" },
      ["10 No Data", "11 OK"],
    ),
  },
  "payment-silent": {
    // Payment prints at 5:10, or at 5:00 for the last time, and again at 10:10.
    "critical 1": thresholdCase(
      { pods: "0:00 1/1, 5:11 0/1, 10:01 1/1" },
      [],
      { pods: "0:00 1/1, 5:10 0/1, 10:01 1/1" },
      ["10 Alert", "11 OK"],
    ),
    "window 5m": thresholdCase(
      { pods: "0:00 1/1, 5:10 0/1" },
      ["10 Alert"],
      { pods: "0:00 1/1, 5:11 0/1" },
      ["11 Alert"],
    ),
  },
  "load-running": {
    "critical 0": thresholdCase(
      { load: "5:00 7:00", completes: "5:00" },
      [],
      { load: "5:00 7:00" },
      ["5 Alert", "12 OK"],
    ),
    // The last report of the pod is that of 7:00, or of 7:15.
    "window 5m": thresholdCase({ load: "5:00 7:15" }, ["5 Alert", "12 OK"], { load: "5:00 7:16" }, [
      "5 Alert",
      "13 OK",
    ]),
    // Nothing is left of a pod that is gone, not even a 0.
    resolve: thresholdCase({ load: "5:00 20:00" }, ["5 Alert", "25 OK"], { load: "5:00 6:00" }, [
      "5 Alert",
      "11 OK",
    ]),
  },
};

import type { Client } from "./client-request.ts";

/** Discovery, the check of a monitor's status, its downtime and the markers of experiments. */
export const steadybit: Client = {
  name: "Steadybit",
  source: "steadybit/extension-datadog 9247c91f config, extmonitor, extevents",
  requests: [
    { what: "start", method: "GET", path: "/api/v1/validate" },
    {
      what: "discovery",
      method: "GET",
      path: "/api/v1/monitor",
      query: { page: "0", page_size: "200" },
    },
    { what: "check of a status", method: "GET", path: "/api/v1/monitor/<monitor>" },
    {
      what: "check of the groups of a multi alert",
      method: "GET",
      path: "/api/v1/monitor/<monitor>",
      query: { group_states: "all" },
    },
    {
      what: "downtime",
      method: "POST",
      path: "/api/v2/downtime",
      body: {
        data: {
          type: "downtime",
          attributes: {
            message: "Created by Steadybit",
            monitor_identifier: { monitor_id: "<monitor>" },
            mute_first_recovery_notification: true,
            notify_end_types: ["canceled", "expired"],
            schedule: { end: "<later-iso>" },
            scope: "*",
          },
        },
      },
    },
    { what: "end of a downtime", method: "DELETE", path: "/api/v2/downtime/<downtime>" },
    {
      what: "start of an experiment",
      method: "POST",
      path: "/api/v1/events",
      body: {
        title: "Experiment 'ADM-1' started",
        text: "%%% \nExperiment `ADM-1` started.\n %%%",
        tags: ["source:Steadybit"],
        source_type_name: "Steadybit",
        aggregation_key: "steadybit-execution-42",
        date_happened: "<from>",
      },
    },
  ],
};

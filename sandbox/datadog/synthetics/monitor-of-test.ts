import type { Monitor, SyntheticsTest } from "../state.ts";

/**
 * The monitor that Datadog creates with a test. That there is one, and its id, is recorded; which
 * query it shows is not, and is assumed here: nothing reads it.
 */
export function monitorOfTest(test: SyntheticsTest): Monitor {
  const { options } = test;
  const { monitor_options: notified = {}, monitor_priority: priority = null } = options;
  return {
    id: test.monitor_id,
    type: "synthetics alert",
    name: options.monitor_name ?? test.name,
    message: test.message,
    query: "no_query",
    tags: [...test.tags],
    priority,
    restricted_roles: null,
    draft_status: "published",
    options: {
      ...notified,
      include_tags: true,
      notify_no_data: false,
      silenced: {},
      min_failure_duration: options.min_failure_duration ?? 0,
      min_location_failed: options.min_location_failed ?? 1,
    },
    multi: false,
    created: test.created_at,
    modified: test.modified_at,
    assets: [],
  };
}

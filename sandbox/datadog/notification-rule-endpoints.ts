import { type Endpoints, v2 } from "./http/endpoint.ts";
import * as rules from "./routes/notification-rules.ts";

/** Rules that route alerts by tags. Nobody is notified here: they are kept as declared. */
export const notificationRuleEndpoints: Endpoints = {
  "POST /api/v2/monitor/notification_rule": {
    body: v2("MonitorNotificationRuleCreateRequest"),
    run: rules.createNotificationRule,
    imitates: "filter, recipients of one kind; nobody is notified",
  },
  "GET /api/v2/monitor/notification_rule": {
    run: rules.listNotificationRules,
    imitates: "all",
  },
  "GET /api/v2/monitor/notification_rule/:id": {
    run: rules.getNotificationRule,
    imitates: "as declared",
  },
  "PATCH /api/v2/monitor/notification_rule/:id": {
    body: v2("MonitorNotificationRuleUpdateRequest"),
    run: rules.updateNotificationRule,
    imitates: "replaces the rule",
  },
  "DELETE /api/v2/monitor/notification_rule/:id": {
    run: rules.deleteNotificationRule,
    imitates: "at once",
  },
};

/** Every optional part at once, on top of a stack's own configuration. */
export const everythingOn: Readonly<Record<string, string>> = {
  "sock-shop:synthetics": "private",
  "sock-shop:softwareCatalog": "own",
  "sock-shop:routing": "rules",
  "sock-shop:notify": '["@slack-sock-shop"]',
  "sock-shop:declareIncidents": "true",
  "sock-shop:onCall": JSON.stringify({
    team: "00000000-0000-1000-8000-000000000001",
    users: ["00000000-0000-1000-8000-000000000002"],
  }),
  "sock-shop:secretScanner": "true",
  "sock-shop:logIndex": '{"dailyLimit":1000,"retentionDays":7}',
  "sock-shop:logArchive":
    '{"bucket":"logs","path":"shop","accountId":"123456789012","roleName":"datadog-archive"}',
  "sock-shop:notifyDrills": "false",
  "sock-shop:nodeCidrs": '["172.18.0.0/16"]',
};

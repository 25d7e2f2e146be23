import type { Rule } from "./rule.ts";
import { catalogEntities } from "./rules/catalog-entities.ts";
import { dashboardScope } from "./rules/dashboard-scope.ts";
import { dashboardTitles } from "./rules/dashboard-titles.ts";
import { datadogKeysBySecret } from "./rules/datadog-keys-by-secret.ts";
import { dropCapabilities } from "./rules/drop-capabilities.ts";
import { exposedServices } from "./rules/exposed-services.ts";
import { faultProxy } from "./rules/fault-proxy.ts";
import { imageDigests } from "./rules/image-digests.ts";
import { incidentLease } from "./rules/incident-lease.ts";
import { incidentPlaces } from "./rules/incident-places.ts";
import { loadJob } from "./rules/load-job.ts";
import { monitorDefaultZero } from "./rules/monitor-default-zero.ts";
import { monitorLinks } from "./rules/monitor-links.ts";
import { monitorNoData } from "./rules/monitor-no-data.ts";
import { monitorOwner } from "./rules/monitor-owner.ts";
import { monitorQueries } from "./rules/monitor-queries.ts";
import { monitorRecipient } from "./rules/monitor-recipient.ts";
import { monitorRecovery } from "./rules/monitor-recovery.ts";
import { monitorReminders } from "./rules/monitor-reminders.ts";
import { monitorRunbook } from "./rules/monitor-runbook.ts";
import { monitorScope } from "./rules/monitor-scope.ts";
import { monitorServices } from "./rules/monitor-services.ts";
import { monitorThresholds } from "./rules/monitor-thresholds.ts";
import { monitorUnmuted } from "./rules/monitor-unmuted.ts";
import { namespaceIsolation } from "./rules/namespace-isolation.ts";
import { noBarePods } from "./rules/no-bare-pods.ts";
import { noClusterAdmin } from "./rules/no-cluster-admin.ts";
import { noDefaultToken } from "./rules/no-default-token.ts";
import { noHostAccess } from "./rules/no-host-access.ts";
import { noPrivilegeEscalation } from "./rules/no-privilege-escalation.ts";
import { noRbacWildcards } from "./rules/no-rbac-wildcards.ts";
import { noSecretLiterals } from "./rules/no-secret-literals.ts";
import { nonRoot } from "./rules/non-root.ts";
import { orgSingletons } from "./rules/org-singletons.ts";
import { pinnedImages } from "./rules/pinned-images.ts";
import { pipelineFilter } from "./rules/pipeline-filter.ts";
import { pipelineSamples } from "./rules/pipeline-samples.ts";
import { probes } from "./rules/probes.ts";
import { readableTypes } from "./rules/readable-types.ts";
import { readOnlyRoot } from "./rules/read-only-root.ts";
import { resourceLimits } from "./rules/resource-limits.ts";
import { serviceComplete } from "./rules/service-complete.ts";
import { standardLabels } from "./rules/standard-labels.ts";
import { zeroReplicas } from "./rules/zero-replicas.ts";

/** All rules, in the order of the documentation and of every report. */
export const rules: readonly Rule[] = [
  pinnedImages,
  imageDigests,
  resourceLimits,
  nonRoot,
  dropCapabilities,
  readOnlyRoot,
  noPrivilegeEscalation,
  noHostAccess,
  noDefaultToken,
  probes,
  standardLabels,
  noBarePods,
  exposedServices,
  namespaceIsolation,
  noClusterAdmin,
  noRbacWildcards,
  noSecretLiterals,
  datadogKeysBySecret,
  zeroReplicas,
  incidentPlaces,
  loadJob,
  faultProxy,
  incidentLease,
  monitorOwner,
  monitorRunbook,
  monitorRecipient,
  monitorNoData,
  monitorDefaultZero,
  monitorRecovery,
  monitorReminders,
  monitorLinks,
  monitorThresholds,
  monitorUnmuted,
  monitorScope,
  pipelineFilter,
  pipelineSamples,
  orgSingletons,
  dashboardTitles,
  dashboardScope,
  readableTypes,
  serviceComplete,
  monitorServices,
  monitorQueries,
  catalogEntities,
];

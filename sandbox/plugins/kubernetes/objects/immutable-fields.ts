import type { ApiKind } from "./kube-object.ts";

/** Whether a change of data makes a new object; the official plugin's defaults are false. */
export interface Mutability {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

const CONTAINER = [
  ..."args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe".split(
    " ",
  ),
  ..."resources securityContext stdin stdinOnce terminationMessagePath".split(" "),
  ..."terminationMessagePolicy tty volumeDevices volumeMounts workingDir".split(" "),
];

const POD = [
  ..."affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks".split(" "),
  ..."hostAliases hostIPC hostNetwork hostPID hostname imagePullSecrets nodeName".split(" "),
  ..."nodeSelector overhead preemptionPolicy priority priorityClassName readinessGates".split(" "),
  ..."restartPolicy runtimeClassName schedulerName securityContext serviceAccount".split(" "),
  ..."serviceAccountName shareProcessNamespace subdomain".split(" "),
  ..."terminationGracePeriodSeconds volumes".split(" "),
  ...CONTAINER.flatMap((it) => [`containers[*].${it}`, `initContainers[*].${it}`]),
];

const PERSISTENT_VOLUME = [
  ..."awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker".split(" "),
  ..."gcePersistentDisk glusterfs hostPath iscsi local nfs photonPersistentDisk".split(" "),
  ..."portworxVolume quobyte rbd scaleIO storageos vsphereVolume".split(" "),
];

const spec = (...fields: readonly string[]) => fields.map((it) => `spec.${it}`);

const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  "apps/v1/DaemonSet": spec("selector"),
  "apps/v1/Deployment": spec("selector"),
  "apps/v1/StatefulSet": spec(
    "podManagementPolicy",
    "revisionHistoryLimit",
    "selector",
    "serviceName",
    "volumeClaimTemplates",
  ),
  // The API lets `parallelism` change; the official plugin replaces the Job, which re-runs it.
  "batch/v1/Job": spec("completions", "completionMode", "parallelism", "selector", "template"),
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1/RoleBinding": ["roleRef"],
  "scheduling.k8s.io/v1/PriorityClass": ["preemptionPolicy", "value"],
  "storage.k8s.io/v1/StorageClass": [
    "parameters",
    "provisioner",
    "reclaimPolicy",
    "volumeBindingMode",
  ],
  "v1/PersistentVolume": spec(...PERSISTENT_VOLUME),
  "v1/PersistentVolumeClaim": spec("accessModes", "selector", "storageClassName", "volumeName"),
  "v1/Pod": spec(...POD),
  "v1/ResourceQuota": spec("scopes"),
  "v1/Service": spec("clusterIP"),
};

/**
 * Paths whose change needs a new object, `[*]` for any item of a list. The list is the official
 * plugin's, so that a plan is the same with both, plus what the API server refuses to change.
 */
export function immutableFields({ apiVersion, kind }: ApiKind, mutable: Mutability): string[] {
  const identity = ["kind", "metadata.name", "metadata.namespace"];
  return [...identity, ...(BY_KIND[`${apiVersion}/${kind}`] ?? []), ...data(kind, mutable)];
}

function data(kind: string, mutable: Mutability): readonly string[] {
  if (kind === "ConfigMap") return mutable.configMaps ? [] : ["binaryData", "data"];
  if (kind === "Secret") return mutable.secrets ? ["type"] : ["data", "stringData", "type"];
  return [];
}

import * as z from "zod";
import { agentModes } from "../components/agent/helm-values.ts";
import { datadogSites, defaultSite } from "../components/datadog/site.ts";
import { incidentStates } from "../components/incident/plan.ts";
import { serviceNames } from "../components/shop/catalogue.ts";
import { overrideProblem } from "../components/shop/images/override-rules.ts";
import { imageSets, type ImageSetName } from "../components/shop/images/image-sets.ts";
import { faults, incidentLease, load } from "./incident-schema.ts";
import { logArchive, logIndex, logNamespaces, logPipeline, logTimeZone } from "./log-schema.ts";
import {
  defaults,
  highestFrontEndPort,
  isDeadLoopback,
  isLoopback,
  isPlainName,
  loopbackPort,
} from "./defaults.ts";
import { isNodeCidr } from "./node-cidrs.ts";
import { imageReference, key, numberFromText, quoted, whole } from "./documented-key.ts";
import { signals } from "./signals-schema.ts";

const namespaceName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
  .refine((name) => name !== "default" && !name.startsWith("kube-") && isPlainName(name));

const webAddress = z.url({ protocol: /^https?$/ });

/** Whether every server of the sandbox's shop gets a port, where the front-end is there at all. */
function leavesPorts(frontEndUrl: string): boolean {
  if (isDeadLoopback(frontEndUrl)) return false;
  const port = loopbackPort(frontEndUrl);
  return port === undefined || (port > 0 && port <= highestFrontEndPort);
}

const setNames = Object.keys(imageSets) as ImageSetName[];

const images = key(
  z
    .strictObject({
      set: key(z.enum(setNames).default("weave"), {
        expected: quoted(setNames),
        meaning:
          "The coherent set of images. `weave` is public and complete; `quay` is the fork of the " +
          "runbook's author; `status-fix` adds the runbook's own builds of orders and front-end, " +
          "which are in no registry and must be loaded into the cluster.",
        example: "weave",
      }),
      overrides: key(z.partialRecord(z.enum(serviceNames), imageReference).default({}), {
        expected: "service names, each with an image that has a tag or digest",
        meaning:
          "Other images for single services, for a mirror or a patched build of the same set.",
        example: "{ orders: registry.example.com/weaveworksdemos/orders:0.4.7 }",
      }),
    })
    .prefault({})
    .superRefine(({ set, overrides }, context) => {
      for (const service of serviceNames) {
        const image = overrides[service];
        const message = image && overrideProblem(set, service, image);
        if (message) context.addIssue({ code: "custom", path: ["overrides", service], message });
      }
    }),
  {
    expected: "a group of set and overrides",
    meaning: "Container images of the shop.",
    example: "{ set: weave }",
  },
);

/** All plain keys of `sock-shop:*`, strict: a misspelt key is an error, never a silent default. */
export const settingsSchema = z.strictObject({
  incident: key(z.enum(incidentStates).default(defaults.incident), {
    expected: quoted(incidentStates),
    meaning:
      "State of the shop. `none` is the healthy shop; docs/runbook.md tells payment without pods, " +
      "slow payment, failing payment and slow shipping apart.",
    example: "payment-down",
  }),
  incidentLease,
  namespace: key(namespaceName.default(defaults.namespace), {
    expected: "a DNS label of a namespace of its own, not default, kube-…, a number or true",
    meaning: "Namespace that the shop is deployed to; it is created and removed with the stack.",
    example: "sock-shop",
  }),
  clusterName: key(
    z
      .string()
      .max(80)
      .regex(/^[a-z]([-a-z0-9.]*[a-z0-9])?$/)
      .refine(isPlainName)
      .default(defaults.clusterName),
    {
      expected:
        "at most 80 lower-case letters, digits, dots and dashes, beginning with a letter, and no " +
        "word that YAML reads as a value, such as true",
      meaning:
        "Name of the cluster: Datadog's tag kube_cluster_name, and what resources belong to.",
      example: "sockshop-kind",
    },
  ),
  env: key(
    z
      .string()
      .max(63)
      .regex(/^[a-z0-9]([-_.a-z0-9]*[a-z0-9])?$/)
      .refine(isPlainName)
      .default(defaults.env),
    {
      expected:
        "at most 63 lower-case letters, digits, dots, dashes and underscores, and no number or " +
        "word that YAML reads as a value, such as true",
      meaning: "Datadog's tag env on everything the stack deploys.",
      example: "demo",
    },
  ),
  kubeContext: key(z.string().min(1).optional(), {
    expected: "the name of a context in the kubeconfig file",
    meaning: "Context of your own cluster. Absent: the sandbox's own cluster.",
    example: "kind-sockshop",
  }),
  kubeconfig: key(z.string().min(1).optional(), {
    expected: "the path of a kubeconfig file",
    meaning:
      "File that holds kubeContext. Absent: ~/.kube/config. Environment variables never count.",
    example: "~/.kube/config",
  }),
  datadogSite: key(z.enum(datadogSites).default(defaultSite), {
    expected: quoted(datadogSites),
    meaning: "Datadog site of your account.",
    example: "us5.datadoghq.com",
  }),
  datadogApiUrl: key(
    webAddress.refine((url) => url.startsWith("https:") || isLoopback(url)).optional(),
    {
      expected: "an https address, or an http address of 127.0.0.1 or localhost",
      meaning:
        "Address of the Datadog API if it is not the site's own. 127.0.0.1 and localhost mean the " +
        "stand-in, which accepts any keys.",
      example: "http://127.0.0.1:2026/",
    },
  ),
  agent: key(z.enum(agentModes).default("none"), {
    expected: quoted(agentModes),
    meaning:
      "How metrics and logs get to Datadog. `helm` installs the Datadog agent on every node; " +
      "`none` leaves that to whatever is there already, as the sandbox does itself.",
    example: "helm",
  }),
  agentNamespace: key(namespaceName.default(defaults.agentNamespace), {
    expected: "a DNS label of a namespace of its own, not default, kube-…, a number or true",
    meaning: "Namespace of the agent; it is created and removed with the stack.",
    example: "datadog",
  }),
  logTimeZone,
  logPipeline,
  nodeCidrs: key(z.array(z.string().refine(isNodeCidr)).max(100).default([]), {
    expected: "a list of at most 100 ranges, IPv4 from /16 or IPv6 from /64 on, without host bits",
    meaning:
      "Addresses from which nodes answer for a Service without pods. A service that calls others " +
      "accepts everything from them, so that such a call is refused at once instead of timing out, " +
      "where the cluster's network drops the rejection. Name the nodes' own addresses, never the " +
      "pods' range: the network policies would be off between the pods of that range.",
    example: '["10.244.0.1/32", "10.244.1.1/32"]',
  }),
  softwareCatalog: key(z.enum(["none", "own"]).default("none"), {
    expected: '"none" or "own"',
    meaning:
      "Entities of Datadog's Software Catalog for the services and the system: owner, dependencies, " +
      "links to runbook, dashboards and code; the tags service and team lead to them. Their names are " +
      "unique per Datadog account: set `own` on one of the stacks that share one. It needs an account " +
      "with the Software Catalog and a key with apm_service_catalog_write; Datadog does not say that " +
      "every plan has it.",
    example: "own",
  }),
  logNamespaces,
  logIndex,
  logArchive,
  frontEndNodePort: key(whole(30000, 32767).optional(), {
    expected: "a whole number from 30000 to 32767",
    meaning:
      "Port of every node that leads to the front-end. Absent: reachable inside the cluster only.",
    example: "30001",
  }),
  frontEndUrl: key(webAddress.refine(leavesPorts).default(defaults.frontEndUrl), {
    expected:
      "a web address, on this machine 127.0.0.1 or localhost with a port from 1 to " +
      String(highestFrontEndPort),
    meaning:
      "Where people open the shop; shown as a stack output. On this machine, the sandbox's shop " +
      "listens on this port and the one two above it, the agent's stand-in three above it.",
    example: "http://localhost:2025",
  }),
  paymentReplicas: key(whole(1, 10).default(1), {
    expected:
      "a whole number from 1 to 10 (an outage is staged with incident, not with 0 replicas)",
    unit: "pods",
    meaning: "Pods of payment outside of an incident.",
    example: "1",
  }),
  runbookUrl: key(webAddress.optional(), {
    expected: "a web address",
    meaning:
      "Published copy of docs/runbook.md, linked from monitors and dashboards. Absent: the page on " +
      "GitHub of the repository that the checkout was cloned from (remote `upstream`, else `origin`), " +
      "on its default branch; without one, its path. Set it where one stack is deployed from several " +
      "repositories: each would write its own address into the monitors.",
    example: "https://wiki.example.com/incident-3",
  }),
  ...signals,
  orderSuccessTarget: key(z.preprocess(numberFromText, z.number().min(95).max(99.9)).default(99), {
    expected: "a number from 95 to 99.9",
    unit: "% of orders",
    meaning:
      "Objective for orders that succeed, in 7 and in 30 days. Few orders make a high target red " +
      "for long: at 99 % four failures are the budget of 400 orders.",
    example: "99",
  }),
  load,
  faults,
  images,
});

/** Keys whose values are secrets: they are never part of the parsed settings. */
export const secretKeys = {
  datadogApiKey: {
    meaning: "API key of the Datadog account. Not needed with a datadogApiUrl on this machine.",
  },
  datadogAppKey: {
    meaning:
      "Application key of the Datadog account. Not needed with a datadogApiUrl on this machine.",
  },
  clusterAgentToken: {
    meaning:
      "Token that the agents of a cluster share, with agent helm; at least 32 letters and digits. " +
      "Absent: generated once.",
  },
  catalogueDbPassword: {
    meaning: "Password of catalogue-db's administrator. Absent: generated once.",
  },
} as const satisfies Record<string, { readonly meaning: string }>;

export type SecretKey = keyof typeof secretKeys;

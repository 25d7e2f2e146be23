import fc from "fast-check";
import { serviceNames } from "../../../components/shop/catalogue.ts";
import { imageSets, type ImageSetName } from "../../../components/shop/images/image-sets.ts";
import type { Workload } from "../../../components/shop/manifests/workload.ts";
import { workloads, type WorkloadOptions } from "../../../components/shop/workloads.ts";

export const imageSetNames = Object.keys(imageSets) as ImageSetName[];

/** The workloads of the default stack, with differences. */
export function shopWorkloads(differences: Partial<WorkloadOptions> = {}): Workload[] {
  return workloads({
    namespace: "sock-shop",
    env: "test",
    images: { set: "weave", overrides: {} },
    configured: {},
    staged: {},
    ...differences,
  });
}

/** One workload of them. */
export function workloadOf(name: string, differences: Partial<WorkloadOptions> = {}): Workload {
  const found = shopWorkloads(differences).find(({ spec }) => spec.name === name);
  if (found === undefined) throw new Error(`no workload ${name}`);
  return found;
}

const counts = fc.dictionary(fc.constantFrom(...serviceNames), fc.nat({ max: 10 }));

/** Any options that the settings can lead to. */
export const anyOptions: fc.Arbitrary<WorkloadOptions> = fc.record({
  namespace: fc.stringMatching(/^[a-z][-a-z0-9]{0,20}[a-z0-9]$/),
  env: fc.constantFrom("demo", "prod-1"),
  images: fc.record({
    set: fc.constantFrom(...imageSetNames),
    overrides: fc.dictionary(
      fc.constantFrom(...serviceNames),
      fc.constantFrom("registry:5000/a/b:v1_x", `a/b@sha256:${"0".repeat(64)}`),
    ),
  }),
  frontEndNodePort: fc.option(fc.integer({ min: 30000, max: 32767 }), { nil: undefined }),
  configured: counts,
  staged: counts,
});

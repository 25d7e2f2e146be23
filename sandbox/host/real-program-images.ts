/**
 * Images whose pods are a process of their own: the real program, but for the worker of synthetic
 * tests, which is a stand-in. Every other pod of the shop is a stand-in, too; pods of other
 * namespaces exist in kwok alone.
 */
export const processImages = {
  locust: "locustio/locust",
  envoy: "envoyproxy/envoy",
  "synthetics-worker": "synthetics-private-location-worker",
} as const;

export type ProcessProgram = keyof typeof processImages;

/** Pattern of a reference to such an image, in whatever registry it is mirrored. */
export function imagePattern(image: string): string {
  return `(^|/)${image}(:|@|$)`;
}

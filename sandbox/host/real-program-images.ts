/**
 * Images whose pods run the real program in a process of their own. Every other pod of the shop is a
 * stand-in; pods of other namespaces exist in kwok alone.
 */
export const processImages = {
  locust: "locustio/locust",
  envoy: "envoyproxy/envoy",
} as const;

export type ProcessProgram = keyof typeof processImages;

/** Pattern of a reference to such an image, in whatever registry it is mirrored. */
export function imagePattern(image: string): string {
  return `(^|/)${image}(:|@|$)`;
}

/**
 * Images whose pods run as a real process of their own, with the real program. Every other pod of
 * the shop is a stand-in, and every pod elsewhere is kwok's word alone.
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

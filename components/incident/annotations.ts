/** Annotations by which the parts of an incident say what they do; `lab` reads them back. */
export const annotations = {
  /** On the guard's Deployment: length of the lease, such as `2h`. The guard reads it there. */
  lease: "sock-shop/lease",

  /** On a proxy's Deployment: what it does to calls, in words. */
  fault: "sock-shop/fault",

  /** On a pod template: checksum of the files that its program reads once. */
  config: "sock-shop/config",
} as const;

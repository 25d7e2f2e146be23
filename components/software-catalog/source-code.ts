import type { ServiceName } from "../shop/catalogue.ts";

const organisation = "https://github.com/microservices-demo";

/** Where the shop as a whole is described. */
export const shopCode = `${organisation}/microservices-demo`;

/**
 * Source code of the services, as the WEAVE images were built from it; the other sets are forks. The
 * seeded databases are built in the repository of their service; the other stores are not the shop's.
 */
export const sourceCode: Readonly<Partial<Record<ServiceName, string>>> = {
  carts: `${organisation}/carts`,
  catalogue: `${organisation}/catalogue`,
  "catalogue-db": `${organisation}/catalogue`,
  "front-end": `${organisation}/front-end`,
  orders: `${organisation}/orders`,
  payment: `${organisation}/payment`,
  "queue-master": `${organisation}/queue-master`,
  shipping: `${organisation}/shipping`,
  user: `${organisation}/user`,
  "user-db": `${organisation}/user`,
};

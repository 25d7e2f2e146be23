import { createCarts } from "./carts/carts.ts";
import { createCatalogue } from "./catalogue/catalogue.ts";
import { createFrontEnd } from "./front-end/front-end.ts";
import { createOrders } from "./orders/orders.ts";
import { createPayment } from "./payment/payment.ts";
import { createQueueMaster } from "./queue-master/queue-master.ts";
import type { Service, ServiceDeps } from "./service.ts";
import { createShipping } from "./shipping/shipping.ts";
import { createUser } from "./user/user.ts";

const programs: Readonly<Record<string, (deps: ServiceDeps) => Service>> = {
  carts: createCarts,
  catalogue: createCatalogue,
  "front-end": createFrontEnd,
  orders: createOrders,
  payment: createPayment,
  "queue-master": createQueueMaster,
  shipping: createShipping,
  user: createUser,
};

/** What starts the program of a service's image; undefined where there is no such service. */
export function programOf(name: string): ((deps: ServiceDeps) => Service) | undefined {
  return Object.hasOwn(programs, name) ? programs[name] : undefined;
}

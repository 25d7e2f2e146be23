import type { OrderStatus } from "../ledger.ts";

export interface OrderAddress {
  readonly id: null;
  readonly number: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
  readonly country: string | null;
}

export interface OrderCard {
  readonly id: null;
  readonly longNum: string | null;
  readonly expires: string | null;
  readonly ccv: string | null;
}

export interface OrderCustomer {
  readonly id: null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly username: string | null;
  readonly addresses: readonly [];
  readonly cards: readonly [];
}

export interface OrderItem {
  readonly id: string | null;
  readonly itemId: string;
  readonly quantity: number;
  /** Java float. */
  readonly unitPrice: number;
}

export interface Shipment {
  readonly id: string;
  readonly name: string;
}

/** A document of the collection `customerOrder`, card in clear as the real one has it. */
export interface CustomerOrder {
  readonly id: string;
  readonly customerId: string;
  readonly customer: OrderCustomer;
  readonly address: OrderAddress;
  readonly card: OrderCard;
  readonly items: readonly OrderItem[];
  readonly shipment: Shipment | null;
  /** Milliseconds since the Unix epoch. */
  readonly date: number;
  /** Java float. */
  readonly total: number;
  /** Only in the FIX build. */
  readonly status?: OrderStatus;
}

/** Stand-in of MongoDB, database `data`, as far as orders uses it. */
export interface OrderStore {
  save(order: CustomerOrder): void;
  find(id: string): CustomerOrder | undefined;
  remove(id: string): void;
  /** All orders in the order they were first saved. */
  all(): readonly CustomerOrder[];
  ofCustomer(customerId: string): readonly CustomerOrder[];
}

export function createOrderStore(): OrderStore {
  const orders = new Map<string, CustomerOrder>();
  const idsOfCustomer = new Map<string, Set<string>>();
  return {
    save: (order) => {
      orders.set(order.id, order);
      const ids = idsOfCustomer.get(order.customerId) ?? new Set<string>();
      idsOfCustomer.set(order.customerId, ids.add(order.id));
    },
    find: (id) => orders.get(id),
    remove: (id) => {
      const order = orders.get(id);
      if (order === undefined) return;
      orders.delete(id);
      idsOfCustomer.get(order.customerId)?.delete(id);
    },
    all: () => [...orders.values()],
    ofCustomer: (customerId) =>
      [...(idsOfCustomer.get(customerId) ?? [])].flatMap((id) => orders.get(id) ?? []),
  };
}

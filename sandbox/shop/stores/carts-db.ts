/** A line of a cart. `unitPrice` is a Java float. */
export interface CartItem {
  readonly id: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

/** Stand-in of MongoDB, database `data`, as far as carts uses it. */
export interface CartStore {
  /** Items of a cart; every customer and session has one, empty at first. */
  items(cartId: string): readonly CartItem[];
  save(cartId: string, items: readonly CartItem[]): void;
  remove(cartId: string): void;
}

export function createCartStore(): CartStore {
  const carts = new Map<string, readonly CartItem[]>();
  return {
    items: (cartId) => carts.get(cartId) ?? [],
    save: (cartId, items) => {
      carts.set(cartId, items);
    },
    remove: (cartId) => {
      carts.delete(cartId);
    },
  };
}

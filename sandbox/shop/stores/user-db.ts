import { createHash } from "node:crypto";

export interface StoredCustomer {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly email: string;
  /** Salted SHA-1, hex: what the real service keeps. */
  readonly password: string;
  readonly salt: string;
  readonly addressIds: readonly string[];
  readonly cardIds: readonly string[];
}

export interface StoredAddress {
  readonly id: string;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
}

export interface StoredCard {
  readonly id: string;
  readonly longNum: string;
  readonly expires: string;
  readonly ccv: string;
}

/** Stand-in of MongoDB, database `users`. */
export interface UserStore {
  readonly customers: Map<string, StoredCustomer>;
  readonly addresses: Map<string, StoredAddress>;
  readonly cards: Map<string, StoredCard>;
  /** The unique index on `username`. */
  byUsername(username: string): StoredCustomer | undefined;
}

export function passwordHash(password: string, salt: string): string {
  return createHash("sha1").update(salt).update(password).digest("hex");
}

/** @param seeded true for the shop's own image, which is built with three customers inside */
export function createUserStore(seeded: boolean): UserStore {
  const customers = new IndexedCustomers();
  const store: UserStore = {
    customers,
    addresses: new Map(),
    cards: new Map(),
    byUsername: (username) => customers.byUsername(username),
  };
  if (seeded) seed(store);
  return store;
}

/** A load run registers thousands of customers: looking names up must not walk through all. */
class IndexedCustomers extends Map<string, StoredCustomer> {
  readonly #idByUsername = new Map<string, string>();

  override set(id: string, customer: StoredCustomer): this {
    this.#idByUsername.set(customer.username, id);
    return super.set(id, customer);
  }

  override delete(id: string): boolean {
    const customer = this.get(id);
    if (customer !== undefined) this.#idByUsername.delete(customer.username);
    return super.delete(id);
  }

  byUsername(username: string): StoredCustomer | undefined {
    const id = this.#idByUsername.get(username);
    return id === undefined ? undefined : this.get(id);
  }
}

/** Ids, names and passwords of the real image; addresses are invented, cards are test numbers. */
const seeds = [
  { first: "Eve", last: "Berger", username: "Eve_Berger", password: "eve", ids: "ad ae af" },
  { first: "User", last: "Name", username: "user", password: "password", ids: "b0 b1 b2" },
  { first: "User1", last: "Name1", username: "user1", password: "password", ids: "b3 b4 b5" },
];

function seed(store: UserStore): void {
  for (const { first, last, username, password, ids } of seeds) {
    const [address = "", card = "", customer = ""] = ids
      .split(" ")
      .map((suffix) => `57a98d98e4b00679b4a830${suffix}`);
    const salt = createHash("sha1").update(username).digest("hex");
    store.addresses.set(address, {
      id: address,
      number: "1",
      street: "Sandbox Street",
      city: "Testville",
      postcode: "TE5 7ED",
      country: "Nowhere",
    });
    store.cards.set(card, { id: card, longNum: "4111111111111111", expires: "12/30", ccv: "123" });
    store.customers.set(customer, {
      id: customer,
      firstName: first,
      lastName: last,
      username,
      email: "",
      password: passwordHash(password, salt),
      salt,
      addressIds: [address],
      cardIds: [card],
    });
  }
}

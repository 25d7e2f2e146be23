import { GoError } from "../../gokit/go-error.ts";
import { isObjectId } from "../../pod/identity.ts";
import type { StoredAddress, StoredCard, StoredCustomer, UserStore } from "../../stores/user-db.ts";
import { passwordHash } from "../../stores/user-db.ts";

export interface Registration {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** The customer with that name and password. Fails as the real service: 500 unknown, 401 wrong. */
export function login(store: UserStore, username: string, password: string): StoredCustomer {
  const customer = store.byUsername(username);
  if (customer === undefined) throw new GoError("not found");
  if (customer.password !== passwordHash(password, customer.salt)) {
    throw new GoError("Unauthorized", 401);
  }
  return customer;
}

/** Saves a new customer; the unique index refuses a name that is taken. */
export function register(
  store: UserStore,
  { username, password, email, firstName, lastName }: Registration,
  fresh: { readonly id: string; readonly salt: string },
): StoredCustomer {
  if (store.byUsername(username) !== undefined) {
    throw new GoError(
      "E11000 duplicate key error collection: users.customers index: username_1 " +
        `dup key: { : "${username}" }`,
    );
  }
  const customer: StoredCustomer = {
    ...fresh,
    username,
    email,
    firstName,
    lastName,
    password: passwordHash(password, fresh.salt),
    addressIds: [],
    cardIds: [],
  };
  store.customers.set(customer.id, customer);
  return customer;
}

/** An entity by its id, with mgo's own errors for an unknown one and for what is no id. */
export function findById<T>(collection: ReadonlyMap<string, T>, id: string): T {
  if (!isObjectId(id)) throw new GoError("Invalid Id Hex");
  const found = collection.get(id.toLowerCase());
  if (found === undefined) throw new GoError("not found");
  return found;
}

/** Addresses of a customer, in the order they were added. */
export function addressesOf(store: UserStore, customer: StoredCustomer): StoredAddress[] {
  return customer.addressIds.flatMap((id) => store.addresses.get(id) ?? []);
}

export function cardsOf(store: UserStore, customer: StoredCustomer): StoredCard[] {
  return customer.cardIds.flatMap((id) => store.cards.get(id) ?? []);
}

/** Where an address or card of a customer is kept. */
export interface AttributeArgs {
  readonly customerId: string;
  /** A fresh id, or the customer's own in the QUAY fork, where a second address replaces the first. */
  readonly id: string;
}

export function saveAddress(
  store: UserStore,
  address: Omit<StoredAddress, "id">,
  { customerId, id }: AttributeArgs,
): StoredAddress {
  const stored = { id, ...address };
  store.addresses.set(id, stored);
  changeCustomer(store, customerId, (customer) => ({
    ...customer,
    addressIds: [...new Set([...customer.addressIds, id])],
  }));
  return stored;
}

export function saveCard(
  store: UserStore,
  card: Omit<StoredCard, "id">,
  { customerId, id }: AttributeArgs,
): StoredCard {
  const stored = { id, ...card };
  store.cards.set(id, stored);
  changeCustomer(store, customerId, (customer) => ({
    ...customer,
    cardIds: [...new Set([...customer.cardIds, id])],
  }));
  return stored;
}

/** An anonymous one (no customer) is kept all the same, as in the real service. */
function changeCustomer(
  store: UserStore,
  customerId: string,
  change: (customer: StoredCustomer) => StoredCustomer,
): void {
  if (customerId === "") return;
  const customer = store.customers.get(customerId);
  if (customer === undefined) throw new GoError("not found");
  store.customers.set(customerId, change(customer));
}

/** DELETE /<entity>/<id>: a customer takes its addresses and cards along. */
export function removeEntity(store: UserStore, entity: string, id: string): void {
  if (!isObjectId(id)) throw new GoError("Invalid Id Hex");
  if (entity === "customers") {
    const customer = findById(store.customers, id);
    for (const addressId of customer.addressIds) store.addresses.delete(addressId);
    for (const cardId of customer.cardIds) store.cards.delete(cardId);
    store.customers.delete(id);
    return;
  }
  if (entity !== "addresses" && entity !== "cards") throw new GoError("not found");
  if (!store[entity].delete(id)) throw new GoError("not found");
  for (const customer of store.customers.values()) {
    store.customers.set(customer.id, {
      ...customer,
      addressIds: customer.addressIds.filter((other) => other !== id),
      cardIds: customer.cardIds.filter((other) => other !== id),
    });
  }
}

/** `*********1111`: all but the last four digits. Shorter numbers crash the real service. */
export function maskedNumber(longNum: string): string {
  return "*".repeat(longNum.length - 4) + longNum.slice(-4);
}

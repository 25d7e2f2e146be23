import type { Json } from "../../json.ts";
import { field, isObject, textField } from "../../json.ts";
import type { OrderAddress, OrderCard, OrderCustomer, OrderItem } from "../../stores/orders-db.ts";

/** A HAL resource: its content and its links. */
export interface Resource<T> {
  readonly content: T;
  readonly links: readonly (readonly [relation: string, href: string])[];
}

/** Reads one kind of entity and shows it as its Java `toString` does. */
export interface EntityType<T> {
  readonly name: string;
  readonly read: (body: Json) => T;
  readonly show: (entity: T) => string;
}

function text(body: Json, name: string): string | null {
  return textField(body, name) ?? null;
}

function quoted(fields: Readonly<Record<string, string | null>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}='${value ?? "null"}'`)
    .join(", ");
}

// The ids stay null: the HAL reader of the real service drops them.
export const addressType: EntityType<OrderAddress> = {
  name: "Address",
  read: (body) => ({
    id: null,
    number: text(body, "number"),
    street: text(body, "street"),
    city: text(body, "city"),
    postcode: text(body, "postcode"),
    country: text(body, "country"),
  }),
  show: ({ number, street, city, country, postcode }) =>
    `Address{id=null, ${quoted({ number, street, city, country, postcode })}}`,
};

export const cardType: EntityType<OrderCard> = {
  name: "Card",
  read: (body) => ({
    id: null,
    longNum: text(body, "longNum"),
    expires: text(body, "expires"),
    ccv: text(body, "ccv"),
  }),
  show: ({ longNum, expires, ccv }) => `Card{id=null, ${quoted({ longNum, expires, ccv })}}`,
};

export const customerType: EntityType<OrderCustomer> = {
  name: "Customer",
  read: (body) => ({
    id: null,
    firstName: text(body, "firstName"),
    lastName: text(body, "lastName"),
    username: text(body, "username"),
    addresses: [],
    cards: [],
  }),
  show: ({ firstName, lastName, username }) =>
    `Customer{id=null, ${quoted({ firstName, lastName, username })}, addresses=[], cards=[]}`,
};

export function readLinks(body: Json): Resource<unknown>["links"] {
  const links = field(body, "_links");
  if (!isObject(links)) return [];
  return Object.entries(links).flatMap(([relation, link]) => {
    const href = textField(link, "href");
    return href === undefined ? [] : [[relation, href] as const];
  });
}

export function showResource<T>(type: EntityType<T>, { content, links }: Resource<T>): string {
  const shown = links.map(([relation, href]) => `<${href}>;rel="${relation}"`).join(", ");
  return `Resource { content: ${type.show(content)}, links: [${shown}] }`;
}

export function readItems(body: Json): readonly OrderItem[] {
  if (!Array.isArray(body)) return [];
  return (body as readonly Json[]).map((item) => {
    const quantity = field(item, "quantity");
    const unitPrice = field(item, "unitPrice");
    return {
      id: text(item, "id"),
      itemId: text(item, "itemId") ?? "",
      quantity: typeof quantity === "number" ? Math.trunc(quantity) : 1,
      unitPrice: typeof unitPrice === "number" ? Math.fround(unitPrice) : 0,
    };
  });
}

import type { StoredAddress, StoredCard, StoredCustomer } from "../../stores/user-db.ts";

/** HAL links; Go prints maps with sorted keys. */
type Links = Readonly<Record<string, { readonly href: string }>>;

/** Builds the links of one entity; `domain` is the program's `-link-domain`. */
function links(domain: string, relation: string, path: string): Links {
  const href = `http://${domain}/${path}`;
  return { [relation]: { href }, self: { href } };
}

export function customerBody(customer: StoredCustomer, domain: string) {
  const { firstName, lastName, username, id } = customer;
  const own = `http://${domain}/customers/${id}`;
  return {
    firstName,
    lastName,
    username,
    id,
    _links: {
      addresses: { href: `${own}/addresses` },
      cards: { href: `${own}/cards` },
      customer: { href: own },
      self: { href: own },
    },
  };
}

export function addressBody(address: StoredAddress, domain: string) {
  const { street, number, country, city, postcode, id } = address;
  return {
    street,
    number,
    country,
    city,
    postcode,
    id,
    _links: links(domain, "address", `addresses/${id}`),
  };
}

export function cardBody(card: StoredCard, domain: string) {
  const { longNum, expires, ccv, id } = card;
  return { longNum, expires, ccv, id, _links: links(domain, "card", `cards/${id}`) };
}

import type { LineSink } from "../../pod-log.ts";
import type { StoredAddress, StoredCard } from "../../stores/user-db.ts";

/**
 * The QUAY fork's forgotten debug output: whole cards and addresses on stdout at every lookup. Its
 * line breaks are followed by a blank, so the line after a dump starts with one.
 */
export interface Dumps {
  card(card: StoredCard | undefined, id: string, domain: string): void;
  address(address: StoredAddress | undefined, id: string, domain: string): void;
}

export function createDumps(log: LineSink): Dumps {
  let pending = "";
  const print = (text: string): void => {
    const lines = (pending + text).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) log("stdout", line);
  };
  const printAll = (label: string, plain: Go, linked: Go): void => {
    const lower = `${label.slice(0, 1)}${label.slice(1).toLowerCase()}`;
    print(`${lower} is [ ${plain.stored} ]\n `);
    print(`${lower} with links is [ ${linked.stored} ]\n`);
    print(`[${lower}] is [ ${linked.inner} ]\n `);
    print(`[${lower}] with links is [ ${linked.inner} ]\n`);
  };

  return {
    card: (card, id, domain) => {
      const dump = (links: string): Go =>
        goStruct("Card", [
          ["LongNum", card?.longNum],
          ["Expires", card?.expires],
          ["CCV", card?.ccv],
          ["ID", card?.id],
          ["Links", links],
        ]);
      printAll("Card", dump("map[]"), dump(goLinks("card", `http://${domain}/cards/${id}`)));
    },
    address: (address, id, domain) => {
      const dump = (links: string): Go =>
        goStruct("Address", [
          ["Street", address?.street],
          ["Number", address?.number],
          ["Country", address?.country],
          ["City", address?.city],
          ["PostCode", address?.postcode],
          ["ID", address?.id],
          ["Links", links],
        ]);
      const href = `http://${domain}/addresses/${id}`;
      printAll("Address", dump("map[]"), dump(goLinks("address", href)));
    },
  };
}

/** A struct as Go's `%+v` shows it, alone and inside of its database wrapper. */
interface Go {
  readonly inner: string;
  readonly stored: string;
}

function goStruct(name: string, fields: readonly (readonly [string, string | undefined])[]): Go {
  const inner = `{${fields.map(([key, value]) => `${key}:${value ?? ""}`).join(" ")}}`;
  const id = fields.find(([key]) => key === "ID")?.[1] ?? "";
  return { inner, stored: `{${name}:${inner} ID:ObjectIdHex("${id}")}` };
}

function goLinks(relation: string, href: string): string {
  return `map[${relation}:{Href:${href}} self:{Href:${href}}]`;
}

import type { LineSink } from "../../pod/pod-log.ts";
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

  return {
    card: (card, id, domain) => {
      const fields = [
        ["LongNum", card?.longNum],
        ["Expires", card?.expires],
        ["CCV", card?.ccv],
      ] as const;
      const links = goLinks("card", `http://${domain}/cards/${id}`);
      const bare = goStruct([...fields, ["ID", ""], ["Links", "map[]"]]);
      const linked = goStruct([...fields, ["ID", ""], ["Links", links]]);
      const known = goStruct([...fields, ["ID", card?.id], ["Links", links]]);
      print(`Card is [ ${goStored("Card", bare, card?.id)} ]\n `);
      print(`Card with links is [ ${goStored("Card", linked, card?.id)} ]\n`);
      print(`Card with links is [ ${linked} ]\n`);
      print(`[Card] is [ ${known} ]\n `);
      print(`[Card] with links is [ ${known} ]\n`);
    },
    address: (address, id, domain) => {
      const fields = [
        ["Street", address?.street],
        ["Number", address?.number],
        ["Country", address?.country],
        ["City", address?.city],
        ["PostCode", address?.postcode],
        ["ID", address?.id],
      ] as const;
      const links = goLinks("address", `http://${domain}/addresses/${id}`);
      const bare = goStruct([...fields, ["Links", "map[]"]]);
      const linked = goStruct([...fields, ["Links", links]]);
      print(`Address is [ ${goStored("Address", bare, address?.id)} ]\n `);
      print(`Address with links is [ ${goStored("Address", linked, address?.id)} ]\n`);
      print(`[Address] is [ ${linked} ]\n `);
      print(`[Address/Links] is [ ${linked} ]\n `);
    },
  };
}

/** A struct as Go's `%+v` shows it. */
function goStruct(fields: readonly (readonly [name: string, value: string | undefined])[]): string {
  return `{${fields.map(([name, value]) => `${name}:${value ?? ""}`).join(" ")}}`;
}

/** The struct inside of its database wrapper. */
function goStored(name: string, inner: string, id = ""): string {
  return `{${name}:${inner} ID:ObjectIdHex("${id}")}`;
}

function goLinks(relation: string, href: string): string {
  return `map[${relation}:{Href:${href}} self:{Href:${href}}]`;
}

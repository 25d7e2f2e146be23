/** One sock on offer. `price` is a Go float32. */
export interface Sock {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly images: readonly [string, string];
  readonly price: number;
  readonly count: number;
  readonly tags: readonly string[];
}

/** Stand-in of MySQL, database `socksdb`. */
export interface CatalogueStore {
  readonly socks: readonly Sock[];
  readonly tags: readonly string[];
  /** True where MySQL would let this user in. */
  admits(user: string, password: string): boolean;
}

export interface CatalogueStoreArgs {
  /** True for the shop's own image, which loads the socks at its first start. */
  readonly seeded: boolean;
  readonly rootPassword: string | undefined;
}

export function createCatalogueStore({ seeded, rootPassword }: CatalogueStoreArgs): CatalogueStore {
  const passwords = new Map([
    ["catalogue_user", "default_password"],
    ["root", rootPassword],
  ]);
  return {
    socks: seeded ? socks : [],
    tags: seeded ? tagNames : [],
    admits: (user, password) => passwords.get(user) === password,
  };
}

const tagNames = "brown geek formal blue skin red action sport black magic green".split(" ");

/** Ids, names, prices, stock and tags as in the real dump; descriptions and pictures are our own. */
const rows: readonly (readonly [string, string, number, number, string])[] = [
  ["6d62d909-f957-430e-8689-b5129c0bb75e", "Weave special", 17.15, 33, "geek black"],
  ["a0a4f044-b040-410d-8ead-4de0446aec7e", "Nerd leg", 7.99, 115, "blue skin"],
  ["808a2de1-1aaa-4c25-a9b9-6612e8f29a38", "Crossed", 17.32, 738, "blue red action formal"],
  ["510a0d7e-8e83-4193-b483-e27e09ddc34d", "SuperSport XL", 15, 820, "sport black formal"],
  ["03fef6ac-1896-4ce8-bd69-b798f85c6e0b", "Holy", 99.99, 1, "magic action"],
  ["d3588630-ad8e-49df-bbd7-3167f7efb246", "YouTube.sock", 10.99, 801, "geek formal"],
  ["819e1fbf-8b7e-4f6d-811f-693534916a8b", "Figueroa", 14, 808, "formal green blue"],
  ["zzz4f044-b040-410d-8ead-4de0446aec7e", "Classic", 12, 127, "brown green"],
  ["3395a43e-2d88-40de-b95f-e00e1502085b", "Colourful", 18, 438, "brown blue"],
  ["837ab141-399e-4c1f-9abc-bace40296bac", "Cat socks", 15, 175, "brown green formal"],
];

const socks: readonly Sock[] = rows.map(([id, name, price, count, tags]) => ({
  id,
  name,
  description: `A pair of ${name}, imitated by the sandbox.`,
  images: [`/catalogue/images/${id}-1.svg`, `/catalogue/images/${id}-2.svg`],
  price,
  count,
  tags: tags.split(" "),
}));

import type { Sock } from "../../stores/catalogue-db.ts";

/** Query of GET /catalogue as the real service reads it. */
export interface ListQuery {
  readonly tags: readonly string[];
  readonly order: string;
  readonly page: number;
  readonly size: number;
}

export function listQuery(query: URLSearchParams): ListQuery {
  return {
    tags: tagsOf(query),
    order: (query.get("sort") ?? "").toLowerCase() || "id",
    page: goAtoi(query.get("page"), 1),
    size: goAtoi(query.get("size"), 10),
  };
}

export function tagsOf(query: URLSearchParams): readonly string[] {
  const tags = query.get("tags") ?? "";
  return tags === "" ? [] : tags.split(",");
}

/** Go's Atoi with the error dropped: what is no number counts as 0. */
function goAtoi(text: string | null, fallback: number): number {
  if (text === null || text === "") return fallback;
  return /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}

/**
 * Whether Go's slicing of the page ends in a panic: it cuts the connection. `page=-1&size=-2` does,
 * as its end is before its start.
 */
export function cutsOff({ page, size }: ListQuery, count: number): boolean {
  const start = (page - 1) * size;
  if (start > count) return false;
  const end = Math.min(start + size, count);
  return start < 0 || end < start;
}

/**
 * The page of socks that the real query returns. Two oddities of its SQL: `ORDER BY ?` orders by a
 * constant, so the order is always that of the ids; and a tag filter hides a sock's other tags.
 */
export function listSocks(socks: readonly Sock[], { tags, page, size }: ListQuery): Sock[] {
  const found = withTags(socks, tags)
    .map((sock) => (tags.length === 0 ? sock : { ...sock, tags: common(sock.tags, tags) }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  if (page <= 0 || size <= 0) return [];
  return found.slice((page - 1) * size, page * size);
}

/** Socks that carry one of the tags; all where no tag is asked for. */
export function withTags(socks: readonly Sock[], tags: readonly string[]): Sock[] {
  return socks.filter((sock) => tags.length === 0 || common(sock.tags, tags).length > 0);
}

function common(left: readonly string[], right: readonly string[]): string[] {
  return left.filter((tag) => right.includes(tag));
}

/** A sock as the service sends it. */
export function sockBody(sock: Sock) {
  const { id, name, description, images, price, count, tags } = sock;
  return { id, name, description, imageUrl: images, price, count, tag: tags };
}

import { createHmac, timingSafeEqual } from "node:crypto";

/** Cookies of a request by name; the first of a name wins, as with Express. */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals === -1) continue;
    const name = pair.slice(0, equals).trim();
    const value = pair
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/, "$1");
    if (!cookies.has(name)) cookies.set(name, decoded(value));
  }
  return cookies;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function signature(value: string, secret: string): string {
  return createHmac("sha256", secret).update(value).digest("base64").replace(/=+$/, "");
}

/** `s:<value>.<signature>`, the form that express-session puts into its cookie. */
export function signed(value: string, secret: string): string {
  return `s:${value}.${signature(value, secret)}`;
}

/** The value of a signed cookie, or undefined where the signature does not fit. */
export function unsigned(cookie: string, secret: string): string | undefined {
  const match = /^s:(.*)\.([^.]+)$/s.exec(cookie);
  if (match === null) return undefined;
  const [, value = "", given = ""] = match;
  const expected = Buffer.from(signature(value, secret));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? value : undefined;
}

// RE2 cannot look back, and Go's regexp is fast only where a pattern begins with a literal. One rule
// per class therefore finds a name and puts a mark in front of its value; the rules for the shapes of
// values begin with the mark. None leaves the node: the last rule drops them.

/** In front of what only looks like a secret. */
export const notASecret = "\u0001";

/** In front of a value whose name says that it is a secret. */
export const secretValue = "\u0002";

/** In front of a value whose name says that it is of a card. */
export const cardValue = "\u0003";

/** Any of them, as a pattern. */
export const marks = String.raw`[\x01-\x03]`;

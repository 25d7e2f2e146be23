/** A word that this project does not use, and the one that it uses instead. */
export interface OldWord {
  readonly pattern: RegExp;
  readonly instead: string;
}

/**
 * The glossary of CONTRIBUTING.md the other way round. Patterns match inside of identifiers where the
 * word begins one. Uses that are plain English are left out: "tell apart", "hand over", "in front of".
 */
export const oldWords: readonly OldWord[] = [
  // "mended" in quotes is a value of --hold-until that users may still type
  { pattern: /\b[Mm]end(?:s|ed|ing)?(?![a-z])(?<!"mended)/g, instead: "fix, repair, recover" },
  { pattern: /\b[Bb]r(?:ing|ings|inging|ought)(?![a-z])/g, instead: "install, restore, return" },
  {
    pattern: /\b[Tt]ell(?:s|ing)? (?:people|any|every|no|some)(?:body|one)?\b/g,
    instead: "notify",
  },
  {
    pattern: /\b(?:who|whom|people|nobody|somebody) (?:is|are|to be|must be) told\b/gi,
    instead: "notify",
  },
  {
    pattern: /\b[Tt]ell(?:s|ing)? of\b|\btold of\b/g,
    instead: "report, notify",
  },
  { pattern: /\b[Dd]etour/g, instead: "proxy" },
  { pattern: /\bso many\b/gi, instead: "at most N, maximum" },
  { pattern: /\bhand(?:s|ed|ing)? (?:\w+ )?on\b/gi, instead: "return, pass" },
  { pattern: /\bby hand the same\b|\bthe same by hand\b/gi, instead: "without lab" },
  { pattern: /\banew\b/gi, instead: "again" },
  { pattern: /(?<!in)\bstead\b/gi, instead: "instead" },
  { pattern: /\bin (?:the|its|their) place of\b/gi, instead: "instead of" },
  { pattern: /\b(?:can|cannot|could|to) be had\b|\bhad from\b/gi, instead: "available" },
  { pattern: /\bhear(?:s|d)? of\b/gi, instead: "be notified of" },
  { pattern: /\bin vain\b/gi, instead: "without an answer, timed out" },
  { pattern: /\bsummer time\b/gi, instead: "daylight saving" },
  { pattern: /\busual[A-Z]/g, instead: "default" },
  { pattern: /\b(?:is|are) none (?:of|that|in|where)\b/gi, instead: "is not" },
  { pattern: /\bwhat of (?:it|the|its|them)\b/gi, instead: "which part of" },
];

export interface Slip {
  readonly word: string;
  readonly instead: string;
}

/** Every old word in a text, with its surroundings; comments that run over several lines are read as one. */
export function oldWordsIn(text: string): readonly Slip[] {
  const prose = text.replaceAll(/\s*\n\s*(?:\/\/|\*|#|>)?\s*/g, " ");
  return oldWords.flatMap(({ pattern, instead }) =>
    [...prose.matchAll(pattern)].map(({ 0: found, index }) => {
      const around = prose.slice(Math.max(0, index - 30), index + found.length + 30);
      return { word: around.trim(), instead };
    }),
  );
}

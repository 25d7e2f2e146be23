/** Why a query is not evaluated; what is not read for sure is never guessed at. */
export class Unread extends Error {}

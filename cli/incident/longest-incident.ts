/** Minutes that an incident may last that has no lease and of which nothing else is said. */
export const defaultMinutes = 120;

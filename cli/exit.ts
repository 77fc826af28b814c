/** How the command ends. 0 all is well, 1 what was looked at has errors (or differs), 2 the command could not be carried out. */
export const EXIT = { well: 0, wrong: 1, failed: 2 } as const;

/** Why the command cannot be carried out, for people: a sentence in their language, without a stack. */
export class Complaint extends Error {}

/** The exit codes that two outcomes amount to. */
export const worse = (a: number, b: number): number => Math.max(a, b);

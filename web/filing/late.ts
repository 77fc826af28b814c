/** What a first visit does not need: each is a file of its own, fetched when it is used. */
import { later } from "./later.tsx";

/** What a file was read as. */
export const ImportView = later(async () => (await import("./imported/view.tsx")).ImportView);

/** Review, confirmation and receipt, of withdrawals and redactions too. */
export const SubmissionView = later(async () => (await import("./submission/view.tsx")).SubmissionView);

/** Rosters and roll-ups, for those who oversee a division. */
export const OverseeView = later(async () => (await import("./oversee/view.tsx")).OverseeView);

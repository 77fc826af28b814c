/** What the list does not need: each is a file of its own, fetched when it is used. */
import { later } from "../filing/later.tsx";

/** One organ: its report or draft, what was found, last year's beside it. */
export const OrganView = later(async () => (await import("./organ/view.tsx")).OrganView);

/** Reminding many at once. */
export const RemindView = later(async () => (await import("./remind/view.tsx")).RemindView);

/** What is published, by rule; pairs that are alike; notices. */
export const ChecksView = later(async () => (await import("./checks/view.tsx")).ChecksView);

/** The region's report drawn up from its organs'. */
export const RollupPart = later(async () => (await import("./rollup.tsx")).RollupPart);

/** What a report on its way through an office needs, fetched when it is used: nothing of it where nobody reviews. */
import { later } from "./later.tsx";

/** The review of a report that is on its way to publication. */
export const OfficeView = later(async () => (await import("./office/view.tsx")).OfficeView);

/** Handing over, where a policy asks for review before publication. */
export const HandOver = later(async () => (await import("./office/hand-over.tsx")).HandOver);

/** What the service knows of the draft that is open: another's, a reviewer's remarks. */
export const OfficeBar = later(async () => (await import("./office/bar.tsx")).OfficeBar);

/** What lies with the service of a place, and what waits for the account. */
export const AtPlace = later(async () => (await import("./office/at-entry.tsx")).AtPlace);
export const UnderWay = later(async () => (await import("./office/at-entry.tsx")).UnderWay);

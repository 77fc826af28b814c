import type { Language } from "../i18n.ts";

/** An instant as people read it, in the time of Asia/Shanghai whatever the computer's. */
export function shownTime(instant: string | number, language: Language): string {
  return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "Asia/Shanghai",
  }).format(new Date(instant));
}

/** A day, e.g. 2026-01-26, as people read it. */
export function shownDate(date: string, language: Language): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date))
    ? new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
        new Date(date),
      )
    : date;
}

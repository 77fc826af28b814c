/** What the reader's clock makes of deadlines; dates are those of China. */
import { t, today as todayInChina } from "./page.ts";

const DAY = 86_400_000;
const today = todayInChina();

for (const element of document.querySelectorAll<HTMLElement>("[data-due]")) {
  const days = Math.round((Date.parse(element.dataset["due"]!) - Date.parse(today)) / DAY);
  element.textContent =
    days < 0
      ? t(`（已过${-days}天）`, `(${-days} days ago)`)
      : days === 0
        ? t("（就是今天）", "(today)")
        : t(`（还有${days}天）`, `(in ${days} days)`);
}

// An organ that has not published is overdue from the next day on.
for (const standing of document.querySelectorAll<HTMLElement>("[data-missing]")) {
  if (standing.dataset["missing"]! >= today) continue;
  standing.classList.add("overdue");
  standing.textContent = t("逾期未见公布", "Overdue, not published");
  standing.prepend(Object.assign(document.createElement("span"), { textContent: "! ", ariaHidden: "true" }));
}

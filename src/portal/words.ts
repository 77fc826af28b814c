/** What more than one page says, once. */

import { html } from "hono/html";
import type { Message } from "../basics/finding.ts";
import { printedTitle } from "../form/title.ts";
import { fileName, isPage, PUBLISHED } from "../formats/registry.ts";
import { type Entry, formatsOf } from "../index/shapes.ts";
import type { Standing } from "../index/standing.ts";
import type { VersionKind } from "../publish/record.ts";
import type { Html } from "./comparison.ts";
import { chinese } from "./layout.ts";
import type { View } from "./view.ts";

/** A text in the page's language. */
export const inLanguage = ({ t }: View, { zh, en }: Message): string => t(zh, en);

const STANDING_NAMES: Readonly<Record<Standing, Message>> = {
  inTime: { zh: "按期公布", en: "Published in time" },
  late: { zh: "逾期公布", en: "Published late" },
  withdrawn: { zh: "已撤回", en: "Withdrawn" },
  missing: { zh: "未见公布", en: "Not published" },
};
/** In the order in which they are listed and drawn. */
export const STANDINGS: readonly Standing[] = ["inTime", "late", "withdrawn", "missing"];
const SIGNS: Readonly<Record<Standing, string>> = { inTime: "✓", late: "!", withdrawn: "×", missing: "○" };
const KINDS: Readonly<Record<VersionKind, Message>> = {
  original: { zh: "公布", en: "published" },
  correction: { zh: "更正", en: "correction" },
  withdrawal: { zh: "撤回", en: "withdrawal" },
};

export const standingName = (view: View, standing: Standing): string => inLanguage(view, STANDING_NAMES[standing]);
export const kindName = (view: View, kind: VersionKind): string => inLanguage(view, KINDS[kind]);

/**
 * A standing with a sign, so that colour is not needed.
 * @param missing the deadline (ISO date) that a script may hold the reader's clock against
 */
export const standingMark = (view: View, standing: Standing, missing?: string): Html =>
  html`<span class="standing ${standing}"${standing === "missing" && missing !== undefined ? html` data-missing="${missing}"` : ""}><span aria-hidden="true">${SIGNS[standing]}</span> ${standingName(view, standing)}</span>`;

interface Reasons {
  readonly reason?: string | undefined;
  readonly redaction?: { readonly reason: string } | undefined;
}

/** Why a version was corrected or withdrawn; of one that was redacted, why that was done. */
export const reasonOf = (view: View, { reason, redaction }: Reasons): Html | string =>
  chinese(view, redaction ? `内容已撤下：${redaction.reason}` : (reason ?? ""));

/** An instant to the minute, as in China. */
export const instant = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.slice(0, 16).replace("T", " ")}</time>`;
export const day = (iso: string): Html => html`<time datetime="${iso.slice(0, 10)}">${iso.slice(0, 10)}</time>`;

/** What the reader's clock makes of a deadline; empty until a script fills it. */
export const due = (iso: string): Html => html`<span data-due="${iso}"></span>`;

/** The formats of the latest version. */
export function downloads(view: View, entry: Pick<Entry, "uscc" | "year" | "status" | "formats">): Html {
  const { uscc, year } = entry;
  const withdrawn = entry.status === "withdrawn";
  const had = formatsOf(entry);
  const at = (name: string): string => view.file(`${uscc}/${year}/${name}`);
  const of = html`<span class="vh"> ${year}</span>`;
  const link = (name: string, label: string, type?: string): Html =>
    html`<a href="${at(name)}"${type === undefined ? "" : html` type="${type}"`}>${label}${of}</a>`;
  // A withdrawal is a notice: there are no figures to take.
  const links = PUBLISHED.filter(({ name, kind }) => had.includes(name) && (!withdrawn || kind === "document")).map(
    (format) =>
      link(fileName(format), inLanguage(view, format.label), isPage(format) ? undefined : format.mediaTypes[0]),
  );
  if (!withdrawn) links.push(link("SHA256SUMS", view.t("校验和", "Checksums"), "text/plain"));
  return html`${links.map((each, i) => html`${i > 0 ? " " : ""}${each}`)}`;
}

export const reportTitle = (organ: string, edition: string, year: number): string =>
  `${organ}${printedTitle(edition, year)}`;

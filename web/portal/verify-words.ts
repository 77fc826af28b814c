/** What the page says of what it found. */
import type { Contradiction, Listing } from "../../src/log/account.ts";
import type { ExaminedPlace } from "../../src/log/examine.ts";
import { vkeyOf } from "../../src/log/note.ts";
import { proofPath } from "../../src/log/paths.ts";
import type { Statement } from "../../src/log/witnessed.ts";
import { chinese, element, t } from "./page.ts";

type Mark = "yes" | "no" | "open";
const MARKS: Readonly<Record<Mark, readonly [sign: string, zh: string, en: string]>> = {
  yes: ["✓", "成立", "holds"],
  no: ["×", "不成立", "does not hold"],
  open: ["–", "未定", "open"],
};

/** A line of what was looked at, its mark in words for who does not see it. */
export function step(mark: Mark, ...words: readonly (Node | string)[]): HTMLElement {
  const [sign, zh, en] = MARKS[mark];
  return element(
    "li",
    { className: mark },
    Object.assign(element("span", {}, `${sign} `), { ariaHidden: "true" }),
    element("span", { className: "vh" }, t(`${zh}：`, `${en}: `)),
    ...words,
  );
}

/** When, as people in China read it. @param seconds POSIX */
export const timeOf = (seconds: number): string =>
  `${new Date(seconds * 1000 + 8 * 3600_000).toISOString().slice(0, 16).replace("T", " ")}`;

const STATUSES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  current: ["现行", "current"],
  superseded: ["已被后一版取代", "superseded by a later version"],
  withdrawn: ["报告已撤回", "the report was withdrawn"],
  redacted: ["内容已撤下", "its content was redacted"],
};

/** What the site says has become of a version. */
export function statusOf(listing: Listing | undefined, version: number): string {
  const { status = "" } = listing?.versions.find((each) => each.version === version) ?? {};
  const words = STATUSES[status];
  return words ? t(...words) : "";
}

/** The name of a place: the organ's, the year. */
export const nameOf = ({ listing, place }: Pick<ExaminedPlace, "listing" | "place">): HTMLElement =>
  chinese(`${listing?.organ ?? place.uscc} ${place.year}年度`);

export const contradictionText = ({ version, kind }: Contradiction): string =>
  kind === "withheld"
    ? t(
        `日志记下的第${version}版，网站没有列出。刚刚公布的，过一分钟再核验；否则就是被去掉了。`,
        `Version ${version}, which was logged, is not listed by the site. If it was published just now, try again in a minute; else it was dropped.`,
      )
    : t(
        `网站所列的第${version}版与日志所记不同：被改写过。`,
        `Version ${version} as the site lists it is not the one that was logged: it was rewritten.`,
      );

const code = (text: string): HTMLElement => element("code", { className: "key" }, text);

/** A version's files and what they hash to, as the log has them. */
export function filesTable({ records, place }: ExaminedPlace, version: number, root: URL): HTMLElement | undefined {
  const record = records.find(({ entry }) => entry.version === version);
  if (!record) return undefined;
  const title = t(`第${version}版：日志所记的文件`, `Version ${version}: the files that were logged`);
  const rows = record.entry.files.map(({ name, sha256 }) =>
    element("tr", {}, Object.assign(element("th", {}, name), { scope: "row" }), element("td", {}, code(sha256))),
  );
  const proof = element(
    "a",
    { href: new URL(proofPath(place, version), root).href },
    t(
      "收录证明（C2SP tlog-proof，可与文件一起存下，不上网也能验证）",
      "Proof of inclusion (C2SP tlog-proof; keep it with the file, it verifies offline)",
    ),
  );
  const head = element(
    "thead",
    {},
    element(
      "tr",
      {},
      Object.assign(element("th", {}, t("文件", "File")), { scope: "col" }),
      Object.assign(element("th", {}, "SHA-256"), { scope: "col" }),
    ),
  );
  const table = element("table", {}, element("caption", {}, title), head, element("tbody", {}, ...rows));
  const scroll = Object.assign(element("div", { className: "scroll", tabIndex: 0 }, table), {
    role: "region",
    ariaLabel: title,
  });
  return element("div", {}, scroll, element("p", {}, proof));
}

const witnessLine = ({ name, key, cosigned, holds }: Statement): HTMLElement =>
  cosigned === undefined
    ? step("open", name, t("：还没有签过现在的日志", ": has not cosigned the log of now"), code(key))
    : step(
        holds ? "yes" : "no",
        name,
        holds
          ? t(
              `：${timeOf(cosigned.time)} 见证了前${cosigned.size}条`,
              `: cosigned the first ${cosigned.size} entries at ${timeOf(cosigned.time)} (UTC+8)`,
            )
          : t(
              `：${timeOf(cosigned.time)} 见证的日志与现在的不同，日志被改写过`,
              `: at ${timeOf(cosigned.time)} (UTC+8) it cosigned another log than this one, which was rewritten`,
            ),
        code(key),
      );

/** The log itself: how large, whose keys, who witnesses it. */
export function logSection(
  {
    checkpoint,
    keys,
  }: {
    readonly checkpoint: { readonly origin: string; readonly size: number };
    readonly keys: readonly Parameters<typeof vkeyOf>[0][];
  },
  statements: readonly Statement[],
): HTMLElement[] {
  return [
    element("h2", {}, t("公布日志", "The log of publications")),
    element(
      "p",
      {},
      `${checkpoint.origin}${t("：", ": ")}${t(`共${checkpoint.size}条`, `${checkpoint.size} entries`)}`,
    ),
    element("h3", {}, t("公钥", "Public key")),
    element("ul", { className: "plain" }, ...keys.map((key) => element("li", {}, code(vkeyOf(key))))),
    element("h3", {}, t("见证人", "Witnesses")),
    statements.length === 0
      ? element("p", {}, t("还没有列出见证人。", "No witnesses are listed."))
      : element("ul", { className: "steps" }, ...statements.map(witnessLine)),
  ];
}

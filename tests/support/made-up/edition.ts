/** An edition that no notice has made: 2021 with a row more, a row less, a section renamed, and a table of a shape of its own. */
import { readFile } from "node:fs/promises";
import type { EditionForm, RowData, Section, TableSection } from "../../../src/form/form.ts";

export const MADE_UP = "2024";

/** Two parts: a tree of rows against a tree of columns, and columns alone of which one is in no group. */
const PLATFORMS: TableSection = {
  key: "platforms",
  number: "五",
  label: "政府信息公开平台建设情况",
  en: "Disclosure platforms",
  kind: "table",
  table: "表五",
  rowHead: { label: "平台名称", en: "Platform" },
  labelWidths: [60, 90],
  parts: [
    {
      caption: { label: "政务网站", en: "Web sites" },
      columns: [
        {
          key: "visits",
          label: "访问次数",
          en: "Visits",
          columns: [
            { key: "desktop", label: "电脑端", en: "Desktop" },
            { key: "mobile", label: "移动端", en: "Mobile" },
            { key: "total", label: "两端总计", en: "Both", total: true },
          ],
        },
        { key: "updates", label: "更新条数", en: "Updates", type: "count" },
      ],
      rows: [
        {
          key: "portal",
          label: "门户网站",
          en: "Portal",
          rows: [
            {
              key: "main",
              label: "（一）主站首页",
              en: "Main site",
              help: { zh: "只计首页的访问。", en: "Counts visits of the first page alone." },
            },
            { key: "topics", label: "（二）专题频道", en: "Topic channels" },
            { key: "total", label: "（三）门户合并", en: "Portal, all", total: true },
          ],
        },
        { key: "special", label: "公开专栏", en: "Disclosure column" },
      ],
    },
    {
      caption: { label: "政务新媒体", en: "Social media" },
      columns: [
        {
          key: "accounts",
          label: "在运行账号",
          en: "Accounts",
          columns: [
            { key: "weixin", label: "微信公众号", en: "Weixin" },
            { key: "weibo", label: "微博账号", en: "Weibo" },
            { key: "total", label: "账号总计", en: "Accounts, all", total: true },
          ],
        },
        {
          key: "staff",
          label: "专职人员数",
          en: "Staff",
          help: { zh: "年末在岗的人数。", en: "Those employed at the end of the year." },
        },
      ],
    },
  ],
};

const withRow = (rows: readonly RowData[], path: string, change: (rows: readonly RowData[]) => readonly RowData[]) => {
  const [key, ...rest] = path.split("/");
  if (key === "") return change(rows);
  return rows.map(
    (row): RowData => (row.key === key && row.rows ? { ...row, rows: withRow(row.rows, rest.join("/"), change) } : row),
  );
};

function changed(section: Section): Section {
  if (section.key === "problems")
    return { ...section, number: "六", label: "不足之处和下一步打算", en: "Shortcomings and plans" };
  if (section.key === "other") return { ...section, number: "七" };
  if (section.kind === "narrative" || section.key !== "requests") return section;
  const more = { key: "privacy", label: "9.属于个人隐私信息", en: "Personal privacy" };
  const parts = section.parts.map((part) => ({
    ...part,
    rows: withRow(
      withRow(part.rows!, "results/refused", (rows) => [...rows, more]),
      "results/notProcessed",
      (rows) => rows.filter(({ key }) => key !== "publications"),
    ),
  }));
  return { ...section, parts };
}

/** The edition's file. */
export async function madeUpEdition(): Promise<EditionForm> {
  const file = new URL("../../../schemas/editions/2021.json", import.meta.url);
  const base = JSON.parse(await readFile(file, "utf8")) as EditionForm;
  const sections = base.sections.map(changed);
  sections.splice(
    sections.findIndex(({ key }) => key === "problems"),
    0,
    PLATFORMS,
  );
  const relation = { level: "error", keyword: "relation", section: "platforms", op: "=" } as const;
  return {
    ...base,
    edition: MADE_UP,
    source: "样例办函〔2024〕1号",
    firstYear: 2024,
    sections,
    rules: [
      ...base.rules,
      {
        ...relation,
        id: "T5-VISITS",
        rows: "all",
        left: ["{row}/visits/desktop", "{row}/visits/mobile"],
        right: ["{row}/visits/total"],
      },
      {
        ...relation,
        id: "T5-PORTAL",
        columns: "all",
        left: ["{leaves:portal}/{column}"],
        right: ["portal/total/{column}"],
      },
      { ...relation, id: "T5-ACCOUNTS", rows: ["accounts"], left: ["{row}/{leaves}"], right: ["{row}/total"] },
    ],
  };
}

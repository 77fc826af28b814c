import type { Finding } from "../basics/finding.ts";

const NUMBER =
  /^(?:[（(][一二三四五六七八九十百]+[）)]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]+、|\d{1,2}[.．、](?!\d))/u;

/** A heading's text goes without its number, which the composer gives; stands on the text. */
export function check(text: string): Finding[] {
  const match = NUMBER.exec(text);
  if (!match) return [];
  return [
    {
      id: "S-HEADING",
      level: "error",
      message: `标题编号由系统生成，请去掉“${match[0]}”`,
      messageEn: `Headings are numbered by the system; please remove “${match[0]}”`,
      cells: [{ pointer: "", label: "标题" }],
    },
  ];
}

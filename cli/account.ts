import { Console } from "node:console";
import type { Message } from "../src/basics/finding.ts";
import { hasErrors } from "../src/basics/finding.ts";
import { visible } from "../src/basics/visible.ts";
import type { Account, AccountCell, How, Sureness } from "../src/import/account.ts";
import { NOTES, shownFigure } from "../src/import/findings.ts";
import { counted, printed } from "./findings.ts";
import { language, say } from "./language.ts";
import { styled } from "./output.ts";

/** Of a finding; the others are in the account as JSON. */
const MOST_CELLS = 8;

const stderr = new Console(process.stderr);

const HOW: Readonly<Record<How, Message>> = {
  read: { zh: "照原文读入", en: "read" },
  blank: { zh: "空白，按0计", en: "blank, taken as 0" },
  computed: { zh: "由系统计算", en: "computed" },
  implied: { zh: "由合计推出", en: "implied by the sums" },
  exact: { zh: "文件自带的数据", en: "data that the file carries" },
  unread: { zh: "不是数字，没有读入", en: "no figure, not read" },
  missing: { zh: "缺这一格", en: "missing" },
};
const SURE: Readonly<Record<Sureness, Message>> = {
  certain: { zh: "确定", en: "certain" },
  likely: { zh: "大致可靠", en: "likely" },
  unsure: { zh: "没有把握", en: "unsure" },
};

/** Whether a cell is there as the file has it, but for spaces, and nothing needs to be said of it. */
const plain = ({ how, sure, notes }: AccountCell): boolean =>
  (how === "read" || how === "exact") && sure === "certain" && notes.every((note) => note === "space");

/** A cell as a line: its label, the file's text, the value, and how it came by it. */
function line({ label, labelEn, source, value, how, notes, sure }: AccountCell): string {
  const read = source === undefined ? "" : `“${visible(source.trim())}” `;
  const now = value === undefined ? "" : `→ ${shownFigure(value)}`;
  const remarks = [
    say(HOW[how]),
    ...notes.map((note) => say(NOTES[note])),
    ...(sure === "certain" ? [] : [say(SURE[sure])]),
  ];
  const style = how === "missing" || how === "unread" ? "red" : sure === "certain" ? "dim" : "yellow";
  return `  ${say(label, labelEn)}  ${read}${now}  ${styled(style, remarks.join(say("，", ", ")), process.stderr)}`;
}

/**
 * The account for people, on standard error: what the file is, every cell that is not simply as the file has it (or every
 * one), what found no place, and what to look at.
 */
export function printAccount(account: Account, every: boolean): void {
  const { format, encoding, edition, cells, findings, leftOut, offers = [] } = account;
  const facts = [format.toUpperCase(), encoding, edition && say(`${edition}年版`, `edition ${edition}`)].filter(
    Boolean,
  );
  stderr.error(`${say("文件", "file")}${say("：", ": ")}${facts.join(say("，", ", "))}`);

  const groups = new Map<How, number>();
  for (const { how } of cells) groups.set(how, (groups.get(how) ?? 0) + 1);
  const counts = [...groups].map(([how, count]) => say(`${HOW[how].zh}${count}格`, `${count} ${HOW[how].en}`));
  stderr.error(`${say(`数据${cells.length}格：`, `${cells.length} cells: `)}${counts.join(say("；", "; "))}`);
  // Missing cells are in the findings, by the row or the table.
  for (const cell of cells) if (every || !(plain(cell) || cell.how === "missing")) stderr.error(line(cell));

  if (leftOut.length > 0) {
    stderr.error(say("没有放进报告的文字：", "texts that are not in the report:"));
    for (const { text, where } of leftOut) stderr.error(`  ${styled("dim", where, process.stderr)}  ${visible(text)}`);
  }
  // Cells that something was done to are listed above.
  for (const finding of findings)
    stderr.error(
      printed(finding.level === "information" ? { ...finding, cells: [] } : finding, process.stderr, MOST_CELLS),
    );
  for (const { pointer, value, source, sourceEn } of offers) {
    const option = pointer === "/signed" ? `--signed ${value}` : `${pointer} ${value}`;
    stderr.error(
      say(
        `${source}是${value}：如果就是成文日期，加上 ${option}`,
        `${sourceEn}: if it is the date of signing, add ${option}`,
      ),
    );
  }
  const found = counted(findings);
  const verdict = hasErrors(findings)
    ? styled(
        "red",
        say("导入有错误，请对照原文件补正", "imported with errors; see the file and mend them"),
        process.stderr,
      )
    : styled("green", say("已导入", "imported"), process.stderr);
  stderr.error(`${verdict}${found ? (language === "en" ? `, ${found}` : `，${found}`) : ""}`);
}

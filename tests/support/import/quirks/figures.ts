/** Cells as people fill them. */
import type { Report } from "../../../../generated/report.ts";
import { setCell } from "../../../../src/form/cells.ts";
import { formCells } from "../../../../src/form/form-cells.ts";
import { formOf } from "../../../../src/form/forms.ts";
import type { Made, Quirk } from "../made.ts";
import { figureOf, figuresOf, type PaperCell, tableOf } from "../paper.ts";

const totalsOf = ({ report }: Made): ReadonlySet<string> =>
  new Set(formCells(formOf(report.edition)!).flatMap(({ pointer, total }) => (total ? [pointer] : [])));
const typesOf = ({ report }: Made) =>
  new Map(formCells(formOf(report.edition)!).map((cell) => [cell.pointer, cell.type]));

const rewritten = (name: string, write: (text: string, place: number) => string): Quirk => ({
  name,
  apply: ({ paper }) => {
    for (const [i, cell] of figuresOf(paper).entries()) cell.text = write(cell.text, i);
  },
});
const wide = (text: string): string =>
  text.replace(/[\d.,+-]/g, (c) => (c === "-" ? "－" : String.fromCharCode(c.charCodeAt(0) + 0xfee0)));
const grouped = (text: string): string =>
  text.replace(/^([+-]?)(\d+)/, (_, sign, digits: string) => sign + digits.replace(/\B(?=(\d{3})+$)/g, ","));

export const fullWidth = rewritten("full-width digits and signs", wide);
export const thousands = rewritten("thousands separators", grouped);
export const fullWidthThousands = rewritten("full-width thousands separators", (text) => wide(grouped(text)));
export const padded = rewritten(
  "spaces around the figures",
  (text, i) => [` ${text} `, `\u00a0${text}`, `${text}　`, text][i % 4]!,
);
export const decimals: Quirk = {
  name: "counts with .0 and .00",
  apply: (made) => {
    const types = typesOf(made);
    for (const [i, cell] of figuresOf(made.paper).entries())
      if (types.get(cell.pointer!) !== "money" && /\d$/.test(cell.text)) cell.text += i % 2 === 0 ? ".0" : ".00";
  },
};
export const counters: Quirk = {
  name: "counts with 件",
  apply: (made) => {
    const types = typesOf(made);
    for (const [i, cell] of figuresOf(made.paper).entries())
      if (types.get(cell.pointer!) === "count" && /\d$/.test(cell.text)) cell.text += ["件", " 件", ""][i % 3]!;
  },
};

/** Zeros that are no total written otherwise. */
const zerosAs = (name: string, marks: readonly string[]): Quirk => ({
  name,
  apply: (made) => {
    const totals = totalsOf(made);
    const zeros = figuresOf(made.paper).filter(({ text, pointer }) => text === "0" && !totals.has(pointer!));
    for (const [i, cell] of zeros.entries()) cell.text = marks[i % marks.length]!;
  },
});
export const slashes = zerosAs("a slash for 0", ["/"]);
export const dashes = zerosAs("dashes for 0", ["—", "－", "——", "-"]);
export const none = zerosAs("无 for 0", ["无"]);
export const wideZeros = zerosAs("０ for 0", ["０"]);

const blank = (name: string, marks: readonly string[], every: number): Quirk => ({
  name,
  apply: (made) => {
    const totals = totalsOf(made);
    const zeros = figuresOf(made.paper).filter(({ text, pointer }) => text === "0" && !totals.has(pointer!));
    const left = zeros.filter((_, i) => i % every === 0);
    for (const [i, cell] of left.entries()) cell.text = marks[i % marks.length]!;
    if (left.length > 0) made.says.push({ ids: ["I-BLANK"], pointers: left.map((cell) => cell.pointer!) });
  },
});
export const blanks = blank("every fourth 0 left blank", [""], 4);
export const noBreakBlanks = blank("zeros left blank with no-break and ideographic spaces", ["\u00a0", "　", " "], 3);

const totalsBlank = (name: string, which: (pointer: string) => boolean): Quirk => ({
  name,
  apply: (made) => {
    const totals = totalsOf(made);
    for (const cell of figuresOf(made.paper)) if (totals.has(cell.pointer!) && which(cell.pointer!)) cell.text = "";
    made.computed.push(
      ...figuresOf(made.paper).flatMap(({ pointer, text }) => (text === "" && totals.has(pointer!) ? [pointer!] : [])),
    );
  },
});
export const totalColumnBlank = totalsBlank("the column 总计 blank", (p) => /^\/requests\/.*\/total$/.test(p));
export const totalRowBlank = totalsBlank("the row 总计 blank", (p) => p.startsWith("/requests/results/total/"));
export const remedyTotalsBlank = totalsBlank("总计 of 四 blank", (p) => p.startsWith("/remedies/"));

/** Money as it is typed; its unit is said where the head does not say it. */
const money = (name: string, amount: string, unit: "元" | "万元", text: string, said: boolean): Quirk => ({
  name,
  apply: (made) => {
    const cell = formCells(formOf(made.report.edition)!).find(({ type }) => type === "money")!;
    setCell(made.report, cell.pointer, { amount, unit });
    figureOf(made.paper, cell.pointer).text = text;
    if (said) made.says.push({ ids: ["I-UNIT"], pointers: [cell.pointer] });
  },
});
export const inYuan = money("251000元 where both units are taken", "251000", "元", "251000元", false);
export const inTenThousands = money("1007.25万元", "1007.25", "万元", "1007.25万元", false);
export const groupedYuan = money("money as ￥1,251,000.50元", "1251000.50", "元", "￥1,251,000.50元", false);
export const bareMoney = money("money without a unit where none is printed", "1007.25", "万元", "1007.25", true);
export const convertedYuan = money("251000元 where 万元 is printed", "25.1", "万元", "251000元", true);

/** 14 of the fifteen numbers of 四: what stood behind the one that is missing moves up. */
function fourteen(name: string, gone: string, then: (made: Made) => void): Quirk {
  return {
    name,
    apply: (made) => {
      const row = tableOf(made.paper, "remedies").grid.at(-1)! as PaperCell[];
      const at = row.findIndex((cell) => cell.pointer === gone);
      row.splice(at, 1);
      then(made);
    },
  };
}
export const fourteenZeros = fourteen(
  "14 zeros of 15 in 四",
  "/remedies/review/other",
  ({ says }) => void says.push({ ids: ["I-MISSING", "I-COMPUTED"] }),
);
export const fourteenWithoutTotal = fourteen(
  "14 of 15 in 四, and sums that tell which",
  "/remedies/litigation/direct/total",
  ({ says }) => void says.push({ ids: ["I-MISSING"], pointers: ["/remedies/litigation/direct/total"] }),
);
/** Any of the five, whose sum tells how much is missing and not where: the others are kept. */
export const fourteenInDoubt = fourteen(
  "14 of 15 in 四, and sums that tell in which five",
  "/remedies/litigation/direct/corrected",
  ({ report, says }) => {
    const five = ["upheld", "corrected", "other", "pending", "total"];
    says.push({ ids: ["I-SHORT"], pointers: five.map((column) => `/remedies/litigation/direct/${column}`) });
    delete (report.remedies.litigation as Partial<Report["remedies"]["litigation"]>).direct;
  },
);

/** A figure that was corrected with changes tracked: what was struck out is still in the file. */
export const trackedChange: Quirk = {
  name: "a figure corrected with changes tracked",
  apply: ({ paper }) => {
    const cell = figureOf(paper, "/disclosure/licensing/decisions");
    const by = 'w:author="科员" w:date="2021-01-20T00:00:00Z"';
    cell.raw = `<w:del w:id="91" ${by}><w:r><w:delText>77</w:delText></w:r></w:del><w:ins w:id="92" ${by}><w:r><w:t>${cell.text}</w:t></w:r></w:ins>`;
  },
};
/** Totals that the spreadsheet adds up. */
export const formulas: Quirk = {
  name: "totals as formulas with their results",
  apply: (made) => {
    const totals = totalsOf(made);
    for (const cell of figuresOf(made.paper))
      if (totals.has(cell.pointer!)) cell.raw = `s="1"><f>SUM(0,${cell.text})</f><v>${cell.text}</v>`;
  },
};
/** Figures that were typed into cells formatted as text. */
export const numbersAsText: Quirk = {
  name: "figures in cells formatted as text",
  apply: ({ paper }) => {
    for (const cell of figuresOf(paper)) cell.raw = `s="1" t="inlineStr"><is><t>${cell.text}</t></is>`;
  },
};
/** Digits kept by programs that count in binary. */
export const binaryMoney: Quirk = {
  name: "money with the tail of a binary fraction",
  apply: ({ paper, report }) => {
    const cell = formCells(formOf(report.edition)!).find(({ type }) => type === "money")!;
    setCell(report, cell.pointer, { amount: "1007.3", unit: "万元" });
    figureOf(paper, cell.pointer).raw = 's="1"><v>1007.3000000000001</v>';
  },
};

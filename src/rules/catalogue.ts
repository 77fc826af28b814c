/** Every rule as it is explained to people: those of the editions by their keywords, and those that hold for any form. */
import type { Level, Message } from "../basics/finding.ts";
import type { EditionForm } from "../form/form.ts";
import { keywords } from "./vocabulary.ts";

/** A rule, as `nianbao rules`, docs/FORM.md and help texts have it. */
export interface Rule {
  readonly id: string;
  /** Most have one. */
  readonly levels: readonly Level[];
  /** Whether it needs last year's report. */
  readonly comparesWithLastYear: boolean;
  readonly says: Message;
}

const LEVELS: Readonly<Record<string, Level>> = { E: "error", W: "warning", I: "information" };

/** Rules that find at more levels than the edition names: a part of what they look at is graver, or lighter. */
const FURTHER: Readonly<Record<string, readonly Level[]>> = {
  "F-DATE": ["error", "warning"],
  "F-PII": ["error", "warning"],
  "Y-REPEAT": ["warning", "information"],
};

/** The rules of an edition, in its order. */
export const rulesOf = (form: EditionForm): Rule[] =>
  form.rules.map((rule) => {
    const keyword = keywords.find(({ name, of = name }) => of === rule.keyword);
    if (!keyword) throw new Error(`edition ${form.edition}: no keyword ${rule.keyword}`);
    const { id, level, needs } = rule;
    return {
      id,
      levels: FURTHER[id] ?? [level],
      comparesWithLastYear: needs === "previous",
      says: keyword.says(rule, form),
    };
  });

/** Those that no edition states: id, levels, what they find. */
const ANY_FORM = `
F-YEAR|E|报告年度在提交之日尚未结束|the report year has not ended on the day of filing
F-NAME|W|更正改了机关名称|a correction gives the organ another name
F-IDEOGRAPHS|I|机关名称里的部首或兼容汉字已换成通用的汉字|radicals or compatibility ideographs in the organ's name, which look like others; the report has the ideographs in their place
F-GLYPH|E|没有可用字形、不能印出的字符|a character that no font has and that cannot be printed
F-FALLBACK|I|仿宋没有、以别的字体代印的汉字|an ideograph that 仿宋 lacks and another face sets
S-EDITION|E|没有写明格式版本，或没有这一版|edition is missing, or there is none of that name
S-TYPE|E|值的类型不对|a value of the wrong type
S-REQUIRED|E|缺少一项|something that has to be there is missing
S-UNKNOWN|E|多出一项格式里没有的|something that the form does not have
S-RANGE|E|数字过大或过小|a number out of bounds
S-LENGTH|E|空的或太长|empty, or too long
S-VALUE|E|不是可用的值之一|none of the values that there are
S-FORMAT|E|日期、代码或金额的写法不对|a date, a code or an amount that is not written as one
S-TEXT|E|文字里有不能印出的字符、换行，或首尾有空格|characters in a text that cannot be printed, line breaks, or spaces at its ends
S-HEADING|E|标题自带编号|a heading with a number of its own
S-PLACE|E|更正、撤回的机关或年度与地址不符|a correction or withdrawal of another organ or year than its address
S-SAME|E|更正与所更正的版本没有差别|a correction that changes nothing
S-SCHEMA|E|不符合格式的其他要求|anything else in which the schema is not met
S-MORE|E/W/I|问题太多，其余没有列出|too many findings to be listed
`;
const IMPORTS = `
I-MISSING|E/W|文件缺少格式里的一格、一行、一列或一张表；由合计可以推出的是警告|the form has a cell, a row, a column or a table that the file has not; W where the sums tell what it is
I-SHORT|E/W|一行缺一格，合计也看不出缺哪一格|a row with a cell too few, and the sums do not tell which; the doubtful cells stay out, the candidates are named
I-LONG|E/W|一行多一格，合计也看不出多哪一格|a row with a cell too many, and the sums do not tell which
I-MERGED|E|一个合并的格子占了几个数字的位置|one merged cell over several figures
I-UNREAD|E|不是数字、或看不准的文字|a text that is no figure, or one in doubt
I-DUPLICATE|E|同一行或同一张表出现两次，数字不同|a row or table that comes twice with different figures
I-UNPLACED|E/W|格式里没有位置的行、表或文字|a row, a table or a text that the form has no place for
I-BLANK|W|空白格按0读；整张表空白的除外|blank cells taken as 0; never where a whole table is blank
I-COMPUTED|W/I|空白或没有的合计由系统算出|totals that were blank or left out and were computed
I-UNIT|W/I|推定或换算了单位|a unit that was assumed or converted
I-GROUP|W|一行在别的组的标题下|a row under another group's label
I-HEADS|W|表没有列标题|a table without column heads
I-BESIDE|W|表格前后的文字，当作对表格的说明|texts before or after a section's tables, taken for notes on them
I-BETWEEN|I|表格中间的文字，放在表格之后|texts in the middle of a section's tables, which come after them
I-WHOLE|W/I|格式里的一组行在文件里只有一行，填入这组的“其他”|a group of rows that the file has as one row, taken as the group's other
I-ORDER|W|行或列的次序与格式不同|rows or columns in another order than the form's (or with swapped labels)
I-EDITION|E/W|标签是另一版的、两版都有或都没有|labels of another edition than the year's, of both, or of none
I-SECTION|E/W|没有找到一个部分|a section that was not found
I-TITLE|E/W/I|没有找到标题，或有矛盾|a title that was not found, or contradicts itself
I-ORGAN|E/W/I|没有找到机关名称，或取自别处|the organ was not found, or is taken from elsewhere
I-YEAR|E/W/I|没有找到报告年度，或有矛盾|the year was not found, contradicts itself, or is taken from elsewhere
I-SIGNED|E/W/I|没有找到成文日期，或取自别处|the signing date was not found, or is taken from elsewhere
I-USCC|E/W/I|没有找到统一社会信用代码|the organ's code was not found, or is taken from elsewhere
I-NUMBER|W/I|标题编号不连续|headings whose numbers are not consecutive or missing
I-PARTED|W/I|标题与段落在一行，已分开|a heading parted from its paragraph
I-TIDIED|W/I|去掉了不能印出的字符|characters that cannot be printed
I-HIDDEN|W/E|没有读取的隐藏内容，数字旁划去或隐藏的文字和注释标记|hidden content that was not read, struck or hidden text and marks of notes that were left out beside a figure
I-ENCODING|W/E|不能解码的字节|bytes that could not be decoded
I-THINGS|E|缺少数字，而文件里有图片、文本框或嵌入的文件|figures are missing, and the file has pictures, frames or embedded files that may hold them
I-IDEOGRAPHS|I|名称、标签和文字里的部首、兼容汉字已换成通用的汉字|radicals and compatibility ideographs in names, labels and texts, replaced by the ideographs that they look like
I-NORMALIZED|I|全角数字、分隔符、正负号等按其意思读，合并报告|full-width digits, separators, signs, marks for nothing and the like, in sum
`;
const BATCHES = `
B-ALIKE|W|两个机关的正文有五分之四相同（不计名称、数字和标点）|two organs' narratives agree to four fifths, names apart
B-DUPLICATE|E/W|同一机关同一年度有两个文件|two files of one organ and year
B-UNLISTED|W|机关不在名单上|an organ that is not on the list
B-CODE|E/W|代码与名单不同|another code than the list has
B-PREVIOUS|I|上一年度的报告有错误：比对了哪些，哪些没有比对|last year's report has errors: what was compared, and what was not
B-UNREADABLE|E|文件读不出来|no report could be made of a file: it cannot be read
B-FAILED|E|处理失败|no report could be made of a file: reading it failed
B-TIMEOUT|E|超过了时限|no report could be made of a file in time
B-MEMORY|E|超过了内存限额|no report could be made of a file within its memory
B-ASSUMED|W|有推定的内容，没有提交|not published: something was assumed
B-CONFLICT|W|已有别的版本公布，没有提交|not published: another version stands
B-REFUSED|E|服务没有接受|not published: the service refused it
`;

const listed = (lines: string): Rule[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [id = "", levels = "", zh = "", en = ""] = line.split("|");
      const named = levels.split("/").map((letter) => LEVELS[letter]!);
      return { id, levels: named, comparesWithLastYear: false, says: { zh, en } };
    });

/** The checks that no edition states: of filing, of the shape of reports, of imports, of many reports at once. */
export const furtherRules = {
  anyForm: listed(ANY_FORM),
  imports: listed(IMPORTS),
  batches: listed(BATCHES),
} as const;

const letterOf = (level: Level): string => Object.keys(LEVELS).find((letter) => LEVELS[letter] === level)!;

const tableOf = (rules: readonly (Rule & { readonly note?: string })[]): string =>
  [
    "| id | level | what |",
    "|---|---|---|",
    ...rules.map(
      ({ id, levels, note = "", says }) =>
        `| \`${id}\`${note} | ${levels.map(letterOf).join("/")} | ${says.en.replaceAll("|", "\\|")} |`,
    ),
  ].join("\n");

/** The rules of all editions, each once: what it says is that of the latest. */
function editionsRules(forms: readonly EditionForm[]): (Rule & { readonly note: string })[] {
  const all = forms.map((form) => ({ edition: form.edition, rules: rulesOf(form) }));
  const ids = [...new Set(all.toReversed().flatMap(({ rules }) => rules.map(({ id }) => id)))];
  return ids.map((id) => {
    const having = all.filter(({ rules }) => rules.some((rule) => rule.id === id));
    const rule = having.at(-1)!.rules.find((own) => own.id === id)!;
    const notes = [
      ...(having.length < all.length ? having.map(({ edition }) => edition) : []),
      ...(rule.comparesWithLastYear ? ["needs last year"] : []),
    ];
    return { ...rule, note: notes.length > 0 ? ` (${notes.join(", ")})` : "" };
  });
}

/** The tables of docs/FORM.md by the name of the section of the page that is generated. */
export const documentedTables = (forms: readonly EditionForm[]): Readonly<Record<string, string>> => ({
  rules: tableOf([...editionsRules(forms), ...furtherRules.anyForm]),
  imports: tableOf(furtherRules.imports),
  batches: tableOf(furtherRules.batches),
});

/** A page with its generated sections made anew: `<!-- NAME: generated -->` to `<!-- /NAME -->`. */
export const withTables = (page: string, tables: Readonly<Record<string, string>>): string =>
  Object.entries(tables).reduce((text, [name, table]) => {
    const section = new RegExp(`(<!-- ${name}: generated[^>]*-->\n)[^]*?(\n<!-- /${name} -->)`);
    if (!section.test(text)) throw new Error(`the page has no generated section “${name}”`);
    return text.replace(section, (_, begin: string, end: string) => `${begin}${table}${end}`);
  }, page);

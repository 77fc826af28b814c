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
  /** What whoever filed the report is to do about it; absent where it is nothing of theirs. */
  readonly mends?: Message;
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
      mends: keyword.mends(rule, form),
    };
  });

/** Those that no edition states: id, levels, what they find, and what is to be done about it, each in both languages. */
const ANY_FORM = `
F-YEAR|E|报告年度在提交之日尚未结束|the report year has not ended on the day of filing|年度结束后再报送|file the report when its year has ended
F-NAME|W|机关名称与名录不同，或更正改了机关名称|the organ's name is not the roster's, or a correction changes it|核对机关名称；机关改名的，说明原因|check the name; explain that the organ has another one now
F-IDEOGRAPHS|I|机关名称里的部首或兼容汉字已换成通用的汉字|radicals or compatibility ideographs in the organ's name, which look like others; the report has the ideographs in their place|核对机关名称|check the organ's name
F-GLYPH|E|没有可用字形、不能印出的字符|a character that no font has and that cannot be printed|换成通用的汉字或符号|use a character that can be printed
F-FALLBACK|I|仿宋没有、以别的字体代印的汉字|an ideograph that 仿宋 lacks and another face sets|核对这个字是否写错|make sure that the character is meant
S-EDITION|E|没有写明格式版本，或没有这一版|edition is missing, or there is none of that name|写明格式版本，或者改用现有的版本|state an edition that there is
S-TYPE|E|值的类型不对|a value of the wrong type|按格式要求的类型填写|give a value of the type that the form has
S-REQUIRED|E|缺少一项|something that has to be there is missing|补上缺少的内容|add what is missing
S-UNKNOWN|E|多出一项格式里没有的|something that the form does not have|删去格式里没有的内容|take out what the form does not have
S-RANGE|E|数字过大或过小|a number out of bounds|核对数字，改正填错的|check the number and correct it
S-LENGTH|E|空的或太长|empty, or too long|补写或者压缩这段文字|write more or less
S-VALUE|E|不是可用的值之一|none of the values that there are|改用可用的值|use one of the values that there are
S-FORMAT|E|日期、代码或金额的写法不对|a date, a code or an amount that is not written as one|按规定的写法改正|write it as it has to be written
S-TEXT|E|文字里有不能印出的字符、换行，或首尾有空格|characters in a text that cannot be printed, line breaks, or spaces at its ends|删去不能印出的字符、换行和首尾的空格|take out what cannot be printed, line breaks, and spaces at the ends
S-HEADING|E|标题自带编号|a heading with a number of its own|删去标题前的编号（由系统印出）|take the number away, which the system prints
S-LEVEL|E|标题跳级，上面缺一级|a heading that skips a level: none of the level between stands above it|改为上一级，或补上缺的一级标题|move the heading up a level, or add the one that is missing
S-PLACE|E|更正、撤回的机关或年度与地址不符|a correction or withdrawal of another organ or year than its address|核对更正、撤回的是哪个机关、哪个年度的报告|check whose report of which year is meant
S-SAME|E|更正与所更正的版本没有差别|a correction that changes nothing|改正报告的内容后再报送更正|correct the report before the correction is filed
S-SCHEMA|E|不符合格式的其他要求|anything else in which the schema is not met|按格式的要求改正|correct it as the form requires
S-MORE|E/W/I|问题太多，其余没有列出|too many findings to be listed|改正以上各处后再核查|correct what is listed, and check again
`;
const IMPORTS = `
I-MISSING|E/W|文件缺少格式里的一格、一行、一列或一张表；由合计可以推出的是警告|the form has a cell, a row, a column or a table that the file has not; W where the sums tell what it is|在报告里补上缺少的格|add the cells that are missing
I-SHORT|E/W|一行缺一格，合计也看不出缺哪一格|a row with a cell too few, and the sums do not tell which; the doubtful cells stay out, the candidates are named|补全这一行，每格都要有数，没有的填0|complete the row; a cell without anything is 0
I-LONG|E/W|一行多一格，合计也看不出多哪一格|a row with a cell too many, and the sums do not tell which|删去这一行多出的格|take the cell away that is too many
I-MERGED|E|一个合并的格子占了几个数字的位置|one merged cell over several figures|拆分合并的单元格，每格填一个数|split the merged cell, a figure in each
I-UNREAD|E|不是数字、或看不准的文字|a text that is no figure, or one in doubt|改成一个可见的阿拉伯数字，不用公式、图片、划去的文字和别的单位|write one visible number: no formula, no picture, nothing struck, no other unit
I-DUPLICATE|E|同一行或同一张表出现两次，数字不同|a row or table that comes twice with different figures|删去重复的行或表，保留正确的|keep the right one
I-UNPLACED|E/W|格式里没有位置的行、表或文字|a row, a table or a text that the form has no place for|按格式核对这些内容：应填的填入对应的格，不应有的删去|put it where the form has a place for it, or delete it
I-BLANK|W|空白格按0读；整张表空白的除外|blank cells taken as 0; never where a whole table is blank|没有的填0，不要空着|write 0 where there is nothing
I-COMPUTED|W/I|空白或没有的合计由系统算出|totals that were blank or left out and were computed|核对合计|check the totals
I-UNIT|W/I|推定或换算了单位|a unit that was assumed or converted|写明金额的单位|state the unit of the amount
I-WRAPPED|W|数字在窄格里断成两行，当作一个数，没有合计可以核对|figures on two lines of a narrow cell, taken as one each where no sum tells|把列放宽，数字写在一行|widen the column, so that the figure is on one line
I-GROUP|W|一行在别的组的标题下|a row under another group's label|把这一行移到格式规定的位置|put the row where the form has it
I-HEADS|W|表没有列标题|a table without column heads|按格式补上表头|add the heads of the form
I-BESIDE|W|表格前后的文字，当作对表格的说明|texts before or after a section's tables, taken for notes on them|核对这些文字是不是对表格的说明|make sure that the texts are notes on the table
I-BETWEEN|I|表格中间的文字，放在表格之后|texts in the middle of a section's tables, which come after them|把文字移到表格之前或者之后|move the text before or after the table
I-WHOLE|W/I|格式里的一组行在文件里只有一行，填入这组的“其他”|a group of rows that the file has as one row, taken as the group's other|按格式的各行分别填写|fill in each row of the form
I-ORDER|W|行或列的次序与格式不同|rows or columns in another order than the form's (or with swapped labels)|按格式的次序排列行和列|put rows and columns in the form's order
I-EDITION|E/W|标签是另一版的、两版都有或都没有|labels of another edition than the year's, of both, or of none|按这个年度应当使用的格式重新填报|file the report anew on the edition that is for its year
I-SECTION|E/W/I|没有找到一个部分|a section that was not found|补上这个部分的标题和内容|add the section with its heading
I-TITLE|E/W|没有找到标题，或有矛盾|a title that was not found, or contradicts itself|补上标题：机关名称和“……年政府信息公开工作年度报告”|add the title: the organ's name, and the year's report
I-ORGAN|E/W|没有找到机关名称，或取自别处|the organ was not found, or is taken from elsewhere|在标题和落款写明机关的规范名称|state the organ's name in title and signature
I-YEAR|E/W|没有找到报告年度，或有矛盾|the year was not found, contradicts itself, or is taken from elsewhere|在标题写明报告年度|state the year in the title
I-SIGNED|E/W|没有找到成文日期，或取自别处|the signing date was not found, or is taken from elsewhere|在落款写明成文日期|state the date in the signature
I-USCC|W/I|没有找到统一社会信用代码|the organ's code was not found, or is taken from elsewhere|提供统一社会信用代码|provide the organ's code
I-NUMBER|W/I|标题编号不连续|headings whose numbers are not consecutive or missing|按次序编标题的号|number the headings in order
I-PARTED|I|标题与段落在一行，已分开|a heading parted from its paragraph|标题单独成行|give the heading a line of its own
I-SPLIT|W|整份报告的文字在一个部分里，已按大标题分到各部分|the texts of a whole report in one section, split into the sections that its headings name|核对分到各部分的文字|check the texts in their sections
I-TIDIED|I|去掉了不能印出的字符|characters that cannot be printed|删去不能印出的字符|take out what cannot be printed
I-HIDDEN|W|没有读取的隐藏内容，数字旁划去或隐藏的文字和注释标记|hidden content that was not read, struck or hidden text and marks of notes that were left out beside a figure|删去隐藏的、划去的内容，要公开的改为可见|delete what is hidden or struck, or show it
I-ENCODING|E|不能解码的字节|bytes that could not be decoded|用UTF-8编码重新保存|save the file in UTF-8
I-THINGS|E|缺少数字，而文件里有图片、文本框或嵌入的文件|figures are missing, and the file has pictures, frames or embedded files that may hold them|用文字和表格填写，不用图片、文本框和嵌入的文件|use text and tables in the place of pictures, frames and embedded files
I-IDEOGRAPHS|I|名称、标签和文字里的部首、兼容汉字已换成通用的汉字|radicals and compatibility ideographs in names, labels and texts, replaced by the ideographs that they look like|用输入法重新输入这些字|type the characters anew
I-TRADITIONAL|I|繁体字的标签、标题和单位，按格式的用字读取|labels, headings and units in traditional characters, read as the form writes them|核对这些标签|check these labels
I-NORMALIZED|I|全角数字、分隔符、正负号等按其意思读，合并报告|full-width digits, separators, signs, marks for nothing and the like, in sum|数字用半角阿拉伯数字|write plain Arabic digits
`;
const BATCHES = `
B-ALIKE|W|两个机关的正文有五分之四相同（不计名称、数字和标点）|two organs' narratives agree to four fifths, names apart|按本单位的实际情况写；确有共同内容的，说明原因|write on what the organ itself did; explain what is common
B-DUPLICATE|E/I|同一机关同一年度有两个文件，内容不同的是错误|two files of one organ and year: E where they differ, I where they are the same|确认以哪一份为准|say which of them counts
B-UNLISTED|W|机关不在名单上|an organ that is not on the list|核对机关名称和统一社会信用代码|check the organ's name and code
B-CODE|E/I|代码与名单不同（错误），或取自名单（提示）|another code than the list has (E), or one taken from the list (I)|核对统一社会信用代码|check the organ's code
B-PREVIOUS|I|上一年度的报告有错误：比对了哪些，哪些没有比对|last year's report has errors: what was compared, and what was not|更正上一年度的报告|correct last year's report
B-UNREADABLE|E|文件读不出来|no report could be made of a file: it cannot be read|提供可以打开的电子文件（Word、Excel、网页、有文字的PDF等）|provide a file that can be opened: Word, Excel, a page, a PDF with text
B-FAILED|E|处理失败|no report could be made of a file: reading it failed
B-TIMEOUT|E|超过了时限|no report could be made of a file in time
B-MEMORY|E|超过了内存限额|no report could be made of a file within its memory
B-ASSUMED|W|有推定的内容，没有提交|not published: something was assumed
B-CONFLICT|E|已有别的版本公布，没有提交|not published: another version stands|内容要改的，走更正程序|file a correction where the report has to change
B-REFUSED|E|服务没有接受|not published: the service refused it|按说明改正后重新报送|correct it as said, and file it again
`;

const ROSTERS = `
R-SUM|W/I|本级报告的数字不是所属机关和下级政府的报告之和；有缺的是提示|a region's figure is not the sum of its organs' and lower governments' (I while some are missing)|逐格核对本级报告与各机关的报告，改正或者说明|check the cell against the organs' reports; correct it or explain
R-SOURCE|E|随报告提交的来源不是其机关已公布的一版，也没有注明是补录的|a source that comes with a region's report is no version that its organ has published, and is not marked as put in by hand|重新汇总，用它回答的 sources；补录的注明 byHand|draw it up again and send those sources; mark what was put in by hand as byHand
R-PLACE|E|来源的政府、年度或格式与报告不同|the sources are of another government, year or edition than the report|提交这一份报告的来源|send the sources of this report
R-CODE|E|统一社会信用代码的校验码不对|a code that fails its check character|核对全部十八位|check all eighteen characters
R-TWICE|E|一个代码出现两次|a code that stands twice|一个机关只写一次|list each organ once
R-NAME|E|同时存在的两个机关同名|two codes with one name at the same time|核对哪个代码是对的，已撤销的写明日期|keep the right code; state when the other ended
R-SUPERIOR|E|上级不在名录里|a superior that is not in the roster|把上级写进名录，或改正它的代码|add the superior, or correct its code
R-MERGED|E|并入的机关不在名录里，或没有写撤销日期|a successor that is not in the roster, or a merger without a date|写明并入的机关和撤销日期|state the successor and the date
R-CIRCLE|E|上级或并入绕成一圈|superiors or mergers that go round in a circle|改正其中一个机关的上级|correct the superior of one of them
R-DEPTH|E|上级的层数太多|more levels of superiors than there are|核对上级|check the superiors
R-DATES|E|撤销不在设立之后|an end that is not after the beginning|核对设立和撤销的日期|check both dates
R-DIVISION|E|机关的行政区划不在名录的之内，或名录不是网址中的行政区划的|an organ outside the roster's division, or a roster of another division than its address|写明机关的行政区划，或移到它所属的名录|state the organ's division, or move it to the roster of that
R-SUPERIOR-ENDED|W|上级先于机关撤销|a superior that ended before the organ|改成现在的上级|name the superior that there is now
R-KIND|W|类别与名称不符|a kind that the name contradicts|核对类别|check the kind
R-GOVERNMENT|W|没有本行政区划的人民政府，或不止一个|no people's government of the division, or several|写明本行政区划的人民政府|list the people's government of the division
`;

const listed = (lines: string): Rule[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [id = "", levels = "", zh = "", en = "", mends = "", mendsEn = ""] = line.split("|");
      const named = levels.split("/").map((letter) => LEVELS[letter]!);
      return {
        id,
        levels: named,
        comparesWithLastYear: false,
        says: { zh, en },
        ...(mends && { mends: { zh: mends, en: mendsEn } }),
      };
    });

/** The checks that no edition states: of filing, of the shape of reports, of imports, of many reports at once, of rosters and roll-ups. */
export const furtherRules = {
  anyForm: listed(ANY_FORM),
  imports: listed(IMPORTS),
  batches: listed(BATCHES),
  rosters: listed(ROSTERS),
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
  rosters: tableOf(furtherRules.rosters),
});

/** A page with its generated sections made anew: `<!-- NAME: generated -->` to `<!-- /NAME -->`. */
export const withTables = (page: string, tables: Readonly<Record<string, string>>): string =>
  Object.entries(tables).reduce((text, [name, table]) => {
    const section = new RegExp(`(<!-- ${name}: generated[^>]*-->\n)[^]*?(\n<!-- /${name} -->)`);
    if (!section.test(text)) throw new Error(`the page has no generated section “${name}”`);
    return text.replace(section, (_, begin: string, end: string) => `${begin}${table}${end}`);
  }, page);

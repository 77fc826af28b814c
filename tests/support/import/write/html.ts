/** A report's paper as web pages have it, and as office programs put it on the clipboard. */
import { type Paper, type PaperCell, type PaperItem, type PaperTable, type PaperText, spannedRows } from "../paper.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\u00a0", "&nbsp;");
const hiddenSpan = (text: string | undefined): string =>
  text === undefined ? "" : `<span style="display:none">${escaped(text)}</span>`;

/** What stands in a cell: bare, or as editors leave it. */
function inner({ text, hidden }: PaperCell, tangled: boolean): string {
  const words = `${hiddenSpan(hidden)}${escaped(text).replaceAll("\n", "<br>")}`;
  if (!tangled) return words;
  return `\n  <p style="text-align:center;line-height:150%"><span style="font-family:仿宋_GB2312;font-size:12pt">\n    ${words}</span><o:p></o:p></p>\n `;
}

/** A table, spans and all. */
export function tableHtml({ grid }: PaperTable, tangled = false): string {
  const rows = spannedRows(grid).map((cells) => {
    const written = cells.map(({ cell, colSpan, rowSpan }) => {
      const spans = `${colSpan > 1 ? ` colspan="${colSpan}"` : ""}${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ""}`;
      return `<td${spans}${tangled ? ' width="76" valign="center" style="border:solid windowtext 1.0pt"' : ""}>${inner(cell, tangled)}</td>`;
    });
    return `<tr>${tangled ? "\n" : ""}${written.join(tangled ? "\n" : "")}</tr>`;
  });
  return `<table border="1" cellspacing="0"><tbody>\n${rows.join("\n")}\n</tbody></table>`;
}

const STYLES: Partial<Record<PaperText["role"], string>> = {
  organ: "text-align:center;font-size:22pt",
  title: "text-align:center;font-size:22pt",
  section: "text-indent:2em;font-family:黑体",
  heading: "text-indent:2em;font-family:楷体",
  signer: "text-align:right",
  date: "text-align:right",
};

function textHtml({ text, role, level, hidden }: PaperText, marked: boolean, tangled: boolean): string {
  const tag = marked && (role === "title" || level !== undefined) ? `h${(level ?? 0) + 1}` : "p";
  const style = `${STYLES[role] ?? "text-indent:2em"}${hidden ? ";display:none" : ""}`;
  const words = (part: string): string => escaped(part).replaceAll("\n", "<br>");
  return tangled
    ? `<${tag} style="${style}"><span>${words(text.slice(0, 1))}</span><span style="font-family:仿宋_GB2312">${words(text.slice(1))}</span></${tag}>`
    : `<${tag} style="${style}">${words(text)}</${tag}>`;
}

export const itemHtml = (item: PaperItem, marked = false, tangled = false): string =>
  item.kind === "table" ? tableHtml(item, tangled) : textHtml(item, marked, tangled);

/** A government site's page: what is around the report speaks of reports too. */
function site(title: string, body: string): string {
  return `<div class="top"><a href="/">首页</a> | <a href="/zwgk/">政务公开</a> | <a href="/hdjl/">互动交流</a><form><input type="text" value="请输入关键字"></form></div>
<ul class="nav"><li><a href="#">政府信息公开指南</a></li><li><a href="#">政府信息公开制度</a></li><li><a href="#">法定主动公开内容</a></li>
<li><a href="#">政府信息公开年报</a><ul><li><a href="#">2018年</a></li><li><a href="#">2019年</a></li></ul></li></ul>
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt; <a href="#">政务公开</a> &gt; <a href="#">政府信息公开年报</a></div>
<table class="meta"><tr><td>索引号</td><td>FW-20210126-01</td><td>发布日期</td><td>2021-02-03</td></tr><tr><td>标题</td><td colspan="3">${escaped(title)}</td></tr></table>
<div class="info">发布日期：2021-02-03 09:15　来源：政府信息公开办公室　浏览次数：<span id="n">128</span>　字体：[大 中 小]</div>
<script>var title = "2018年政府信息公开工作年度报告"; document.write("<p>三、</p>");</script>
<style>.nav li { float: left }</style>
<div class="content">${body}</div>
<div class="share">分享到：微信 微博　【打印】【关闭】</div>
<div class="related"><h3>相关链接</h3><ul><li>2018年政府信息公开工作年度报告</li><li>2017年政府信息公开工作年度报告</li></ul></div>
<div class="footer"><p>版权所有：示例市人民政府　主办：示例市人民政府办公室</p><p>地址：示例路1号　电话：0000-1234567</p><p>网站标识码：3700000000</p></div>`;
}

/** Tables in tables, as pages were laid out once. */
const layout = (body: string): string =>
  `<table width="100%"><tr><td width="20%"><table><tr><td>栏目导航</td></tr><tr><td>机构职能</td></tr><tr><td>政策文件</td></tr></table></td>
<td><table width="98%"><tr><td class="bt">政府信息公开</td></tr><tr><td>${body}</td></tr></table></td></tr>
<tr><td colspan="2">版权所有　违者必究</td></tr></table>`;

/** A web page; `charset` is what it says of itself. */
export function pageHtml(paper: Paper, charset: string): string {
  const body = paper.items.map((item) => itemHtml(item, paper.marked, paper.tangled)).join("\n");
  const around = paper.around === "site" ? site(paper.title, body) : paper.around === "layout" ? layout(body) : body;
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}">
<title>${escaped(paper.title)}</title></head>
<body>
${around}
</body></html>
`;
}

/** What WPS Writer puts on the clipboard when all of a document is copied. */
export function wpsClipboard(paper: Paper): string {
  const body = paper.items
    .map((item) =>
      item.kind === "table"
        ? tableHtml(item)
            .replace(
              /<table[^>]*>/,
              '<table class=MsoNormalTable border=1 cellspacing=0 style="border-collapse:collapse;mso-table-layout-alt:fixed">',
            )
            .replace(
              /<td([^>]*)>(.*?)<\/td>/gs,
              '<td$1 width=76 valign=center style="width:57pt;padding:0pt 5.4pt 0pt 5.4pt"><p class=MsoNormal align=center><span style="mso-spacerun:\'yes\';font-family:宋体">$2</span><span><o:p></o:p></span></p></td>',
            )
        : `<p class=MsoNormal style="${STYLES[item.role] ?? "text-indent:32pt"}"><span style="mso-spacerun:'yes';font-family:仿宋;font-size:16pt">${escaped(item.text)}</span><span><o:p></o:p></span></p>`,
    )
    .join("\r\n");
  return `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 14"><style>@font-face{font-family:"仿宋";}p.MsoNormal{mso-style-name:正文;margin:0pt;}</style></head><body style="tab-interval:21pt;text-justify-trim:punctuation;"><!--StartFragment-->${body}<!--EndFragment--></body></html>`;
}

/** What Excel puts on the clipboard: one table, whatever the sheet holds. */
export function excelClipboard({ grid }: PaperTable): string {
  const rows = tableHtml({ kind: "table", key: "", grid })
    .replace(/^<table[^>]*><tbody>\n|\n<\/tbody><\/table>$/g, "")
    .replaceAll("<tr>", "<tr height=19 style='height:14.4pt'>")
    .replace(/<td([^>]*)>([+-]?\d+)<\/td>/g, "<td$1 align=right x:num>$2</td>")
    .replaceAll("<td", "<td class=xl65 width=64 style='border-left:none;width:48pt'");
  return `<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Excel.Sheet>
<meta name=Generator content="Microsoft Excel 15">
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";
	mso-displayed-thousand-separator:"\\,";}
.xl65
	{text-align:center;
	border:.5pt solid windowtext;}
-->
</style>
</head>

<body link="#0563C1" vlink="#954F72">

<table border=0 cellpadding=0 cellspacing=0 width=960 style='border-collapse:collapse;width:720pt'>
<!--StartFragment-->
 <col width=64 span=15 style='width:48pt'>
${rows}
<!--EndFragment-->
</table>

</body>

</html>
`;
}

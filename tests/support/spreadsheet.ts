/** What Excel puts on the clipboard when a table is copied in it. */
import type { BrowserContext } from "playwright-core";

const STYLE = `<style><!--table {mso-displayed-decimal-separator:"\\."; mso-displayed-thousand-separator:"\\,";}
.xl65 {text-align:center; border:.5pt solid windowtext; white-space:normal;}--></style>`;

/** A table as Excel writes it: its own namespaces, styles in the head and at every cell, numbers marked as such. */
export function excelHtml(table: string): string {
  const rows = table
    .replace(/^<table[^>]*>|<\/table>$/g, "")
    .replaceAll("<tr>", "<tr height=19 style='height:14.4pt'>")
    .replace(/<td([^>]*)>([+-]?\d+)<\/td>/g, "<td$1 align=right x:num>$2</td>")
    .replaceAll("<td", "<td class=xl65 width=64 style='border-left:none;width:48pt'");
  return `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet><meta name=Generator content="Microsoft Excel 15">
${STYLE}</head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 style='border-collapse:collapse'>
<!--StartFragment--><col width=64 style='width:48pt'>${rows}<!--EndFragment--></table></body></html>`;
}

/** Copies in another window of the browser, as a spreadsheet program does: what the clipboard gets is its own. */
export async function copyInSpreadsheet(context: BrowserContext, table: string): Promise<void> {
  const sheet = await context.newPage();
  await sheet.setContent("<title>工作簿</title><p>表三</p>");
  const text = table
    .replace(/<\/tr>/g, "\r\n")
    .replace(/<\/td>/g, "\t")
    .replace(/<[^>]*>/g, "");
  await sheet.evaluate(
    ([html, plain]) =>
      document.addEventListener("copy", (event) => {
        event.preventDefault();
        event.clipboardData!.setData("text/html", html!);
        event.clipboardData!.setData("text/plain", plain!);
      }),
    [excelHtml(table), text],
  );
  await sheet.keyboard.press("Control+A");
  await sheet.keyboard.press("Control+C");
  await sheet.close();
}

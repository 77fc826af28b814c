import { ImportError } from "../import-error.ts";

const damaged = (): ImportError =>
  new ImportError(
    "文件已损坏或不完整，请在 Word、Excel、WPS 或 OFD 阅读器中打开后另存一次再导入",
    "The file is damaged or incomplete: open it in Word, Excel, WPS or an OFD reader, save it again and import that",
  );
const locked = (): ImportError =>
  new ImportError(
    "文件设有打开密码，请取消密码后再导入",
    "The file is protected by a password: remove the password and import it again",
  );
const tooLarge = (): ImportError =>
  new ImportError(
    "文件解压后过大，不像是一份年度报告，没有读取；如果表格里有大量空行，请把内容复制到新文件再导入",
    "The file grows too large when it is unpacked to be an annual report and was not read; if it has very many empty rows, copy its content to a new file",
  );
const oldFormat = (): ImportError =>
  new ImportError(
    "旧版 .doc/.xls（或 .wps/.et）文件，请另存为 .docx/.xlsx 后再导入",
    "A file of the old .doc or .xls format: save it as .docx or .xlsx and import that",
  );

/** The errors that all readers of office files throw. */
export const officeErrors = { damaged, locked, tooLarge, oldFormat } as const;

/** The code of an organ, 统一社会信用代码, as text. */

/** As GB 32100—2015 has it: eighteen characters without I, O, S, V and Z, the third to the eighth a division's digits. */
const CHARACTERS = "0-9A-HJ-NPQRTUWXY";
export const USCC_PATTERN = `^[${CHARACTERS}]{2}[0-9]{6}[${CHARACTERS}]{10}$`;

/** What an address, a key of the store or a file's name has in the place of a code: eighteen digits and capital letters. */
export const CODE_SHAPE = "[0-9A-Z]{18}";
export const CODE_PATTERN = `^${CODE_SHAPE}$`;

const USCC = new RegExp(USCC_PATTERN);
const CODE = new RegExp(CODE_PATTERN);

/** Whether a value is written as a code is; whether it is one the form's rules say. */
export const isCode = (value: unknown): value is string => typeof value === "string" && CODE.test(value);

/** What stands in a path as codes do; whether they are any is for a list of organs to say. */
export const codesInPath = (path: string): readonly string[] => path.match(new RegExp(CODE_SHAPE, "g")) ?? [];

/** The words of a text that are of a code's characters and as long; whether they are any their check character says. */
export const codesInText = (text: string): readonly string[] =>
  text.match(new RegExp(`\\b[${CHARACTERS}]{18}\\b`, "g")) ?? [];

/** Whether a text is written as a code of an organ is, its check character aside. */
export const isUscc = (text: string): boolean => USCC.test(text);

/** The code of an organ, 统一社会信用代码, as text. */

/** As GB 32100—2015 has it: eighteen characters without I, O, S, V and Z, the third to the eighth a division's digits. */
export const USCC_PATTERN = "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$";

/** What an address or a key of the store has in the place of a code: eighteen digits and capital letters. */
export const CODE_PATTERN = "^[0-9A-Z]{18}$";

const CODE = new RegExp(CODE_PATTERN);

/** Whether a value is written as a code is; whether it is one the form's rules say. */
export const isCode = (value: unknown): value is string => typeof value === "string" && CODE.test(value);

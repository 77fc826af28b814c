import { divisionNames } from "../../generated/divisions.ts";

/** Codes of organs of the state that are in no division (GB 32100—2015). */
const NATIONAL: Readonly<Record<string, string>> = { "100000": "国家" };

/**
 * A division by name with the province and city that it lies in, e.g. 山东省聊城市东昌府区. Of a code that is not in
 * GB/T 2260, development zones' say, the code stands after what is known: 山东省聊城市371572.
 * @param code six digits
 */
export function divisionName(code: string): string {
  const national = NATIONAL[code];
  if (national) return national;
  return namesOf(code).join("") + (Object.hasOwn(divisionNames, code) ? "" : code);
}

/** A division by its names, the widest first; without those that are not known. */
const namesOf = (code: string): string[] =>
  [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])].flatMap((c) => divisionNames[c] ?? []);

/** An organ's name without the division that it begins with: 市场监督管理局 of 聊城市市场监督管理局, in 371500. */
export function nameWithin(organ: string, code: string): string {
  const names = namesOf(code);
  const place = names.map((_, i) => names.slice(i).join("")).find((prefix) => organ.startsWith(prefix));
  return place === undefined || place === organ ? organ : organ.slice(place.length);
}

/** The codes of all provinces, and of what is the state's own. */
export const PROVINCES: readonly string[] = [...Object.keys(NATIONAL), ...Object.keys(divisionNames)]
  .filter((code) => code.endsWith("0000"))
  .map((code) => code.slice(0, 2))
  .sort();

/** A province by name; the code where it is not known. @param province two digits */
export const provinceName = (province: string): string =>
  NATIONAL[`${province}0000`] ?? divisionNames[`${province}0000`] ?? province;

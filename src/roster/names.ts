import type { Kind } from "./schema.ts";

/** Governments of townships: 乡, 民族乡, 镇, 苏木. */
const TOWNSHIP = /(?:[乡镇]|苏木)人民政府$|街道办事处$/;
const GOVERNMENT = /人民政府$/;
/** What is led from above and not by the government of its place, by name. */
const VERTICAL =
  /(?:税务局|海关|气象局|海事局|邮政管理局|烟草专卖局|出入境边防检查站|消防救援(?:局|总队|支队|大队)|国家安全(?:厅|局)|金融监督管理(?:局|总局.*)|(?:人民银行|外汇管理局).*|调查(?:总队|队))$|^国家统计局/;
/** What governments send out: a zone's committee is no government, and reports for itself. */
const ZONE =
  /(?:开发区|高新区|园区|新区|示范区|保税区|度假区|试验区|经济区|风景区|名胜区|合作区|产业区)(?:党工委)?管理委员会$/;

/** What an organ is as far as its name says. */
export function kindByName(name: string): Kind {
  if (TOWNSHIP.test(name)) return "township";
  if (GOVERNMENT.test(name)) return "government";
  if (VERTICAL.test(name)) return "vertical";
  return ZONE.test(name) ? "other" : "department";
}

/** Whether a name says for certain what an organ is: what ends in 人民政府 or 街道办事处. */
export const nameSaysKind = (name: string): boolean => GOVERNMENT.test(name) || TOWNSHIP.test(name);

/** Fields of Word (ISO/IEC 29500-1, 17.16): what they show, and whether it is to be trusted. */
import type { Thing } from "../doubt.ts";
import { elementAt, elementsOf, valueAt, type XmlElement } from "./xml.ts";

/** A field that is being read. */
export interface Field {
  code: string;
  /** What a field of an old form is set to. */
  readonly data: XmlElement | undefined;
  /** Whether its result is to be worked out anew. */
  readonly dirty: boolean;
  /** Whether its code has ended and its result begun. */
  parted: boolean;
  /** Whether its result has text. */
  shown: boolean;
}

/** Fields that show nothing of their own. */
const SILENT = /^\s*(?:XE|TC|TA|RD|SET|ASK|PRIVATE|ADVANCE|HYPERLINK|TOC|NEXT|SKIPIF|COMMENTS)\b/i;
/** Fields whose result is worked out whenever a page is laid out. */
const LAID_OUT = /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION|PAGEREF|AUTONUM\w*|LISTNUM|TIME|DATE|EQ)\b/i;
const FORM = /^\s*FORM(?:DROPDOWN|CHECKBOX)\b/i;

/** What a field without a result is. */
export function fieldThing({ code, data }: Field): Thing | undefined {
  if (data || FORM.test(code) || /^\s*FORMTEXT\b/i.test(code)) return "control";
  return SILENT.test(code) ? undefined : "field";
}

/** What makes a field's result doubtful. */
export function resultThing({ code, dirty }: Field, stale: boolean): Thing | undefined {
  if (FORM.test(code)) return "control";
  if (dirty || LAID_OUT.test(code)) return "field";
  return stale && !/^\s*FORMTEXT\b/i.test(code) && !SILENT.test(code) ? "field" : undefined;
}

/** What a list to choose from is set to. */
export function dropDownText({ data }: Field): string | undefined {
  const list = elementAt(data, "ddList");
  if (!list) return undefined;
  const at = Number(valueAt(list, "result") ?? valueAt(list, "default") ?? 0);
  return elementsOf(list, "listEntry")[at]?.attributes["val"] ?? "";
}

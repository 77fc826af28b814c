import type { Report } from "../../generated/report.ts";
import { reportSchemas } from "../../generated/schemas.ts";
import type { Finding } from "../basics/finding.ts";
import { figureAt, getCell, setCell } from "../form/cells.ts";
import { formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import { textPlaces } from "../form/narrative.ts";
import { plain } from "../rules/plain-text.ts";
import { validate } from "./validate.ts";

type Item = Report["overview"]["body"][number];

/** What is usable of a narrative: texts cleaned, those with nothing left and items of no known kind left out. */
function itemsOf(items: unknown, most: number): Item[] {
  if (!Array.isArray(items)) return [];
  return items.slice(0, most).flatMap((item: unknown): Item[] => {
    const text = getCell(item, "/text");
    const cleaned = typeof text === "string" ? plain(text) : "";
    if (cleaned === "") return [];
    const level = getCell(item, "/level");
    if (getCell(item, "/type") === "heading" && (level === 2 || level === 3 || level === 4))
      return [{ type: "heading", level, text: cleaned }];
    return [{ type: "paragraph", text: cleaned }];
  });
}

/**
 * What can be printed of a report in the making, whatever else is wrong with it: shaped as a report, but that cells may
 * be missing, and the organ's name and code and the date empty. Where the edition or the year is not sound, the findings
 * that say so.
 * @param value any JSON value
 */
export function draftOf(value: unknown): { readonly draft: Report } | { readonly findings: readonly Finding[] } {
  const { findings } = validate(value);
  // Beyond what is listed, nothing is known to be sound.
  const unlisted = findings.some(({ id }) => id === "S-MORE");
  const unsound = new Set(
    findings.flatMap(({ id, level, cells }) =>
      level === "error" && (id.startsWith("S-") || id === "F-USCC") ? cells.map((c) => c.pointer) : [],
    ),
  );
  const stopped = findings.filter(
    ({ id, cells }) => id.startsWith("S-") && cells.some((c) => c.pointer === "/edition" || c.pointer === "/year"),
  );
  const form = formOf(getCell(value, "/edition"));
  const year = getCell(value, "/year");
  const range = getCell(form && reportSchemas[form.edition], "/properties/year") as {
    minimum: number;
    maximum: number;
  };
  if (!form || !Number.isSafeInteger(year) || !((year as number) >= range.minimum && (year as number) <= range.maximum))
    return { findings: stopped.length > 0 ? stopped : findings };
  const text = (pointer: string, most: string): string | undefined => {
    const sent = getCell(value, pointer);
    const limit = getCell(reportSchemas[form.edition], most) as number;
    const cleaned = typeof sent === "string" ? plain([...sent.slice(0, 2 * limit)].slice(0, limit).join("")) : "";
    return cleaned === "" ? undefined : cleaned;
  };
  const sound = (pointer: string): string | undefined => {
    const sent = getCell(value, pointer);
    return typeof sent === "string" && !unlisted && !unsound.has(pointer) ? sent : undefined;
  };
  const name = text("/organ/name", "/properties/organ/properties/name/maxLength");
  const [uscc, signed] = [sound("/organ/uscc"), sound("/signed")];
  const schemaOf = (key: string) => getCell(reportSchemas[form.edition], `/properties/${key}`);
  const preamble = itemsOf(getCell(value, "/preamble"), getCell(schemaOf("preamble"), "/maxItems") as number);
  const report: Record<string, unknown> = {
    edition: form.edition,
    year,
    organ: { name: name ?? "", uscc: uscc ?? "" },
    signed: signed ?? "",
    ...(preamble.length > 0 ? { preamble } : {}),
  };
  for (const { section, key, pointer } of textPlaces(form)) {
    const most = getCell(schemaOf(section.key), `/properties/${key}/maxItems`) as number;
    const items = itemsOf(getCell(value, pointer), most);
    if (key === "body" || items.length > 0) setCell(report, pointer, items);
  }
  for (const { pointer, type } of formCells(form)) {
    const parts = type === "money" ? [pointer, `${pointer}/amount`, `${pointer}/unit`] : [];
    if (parts.length > 0 && (unlisted || parts.some((part) => unsound.has(part)))) continue;
    const figure = parts.length > 0 ? getCell(value, pointer) : figureAt(form, value, pointer)?.value;
    if (figure !== undefined) setCell(report, pointer, figure);
  }
  return { draft: report as unknown as Report };
}

import { getCell } from "../form/cells.ts";
import type { ListedRow } from "./table.ts";

/** The organs that a JSON value lists: a roster's, a division's as it is published, a batch's; undefined where it has none. */
export function organsOf(value: unknown): ListedRow[] | undefined {
  const organs = getCell(value, "/organs");
  if (!Array.isArray(organs)) return undefined;
  return organs.flatMap((organ: unknown, i): ListedRow[] => {
    const [uscc, name] = [getCell(organ, "/uscc"), getCell(organ, "/name") ?? getCell(organ, "/organ")];
    if (typeof uscc !== "string" || typeof name !== "string") return [];
    const rest = getCell(organ, "/kind") === undefined ? {} : (organ as Partial<ListedRow>);
    return [{ ...rest, where: `第${i + 1}个“${name}”`, uscc, name }];
  });
}

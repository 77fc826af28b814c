import type { Finding } from "../../../src/basics/finding.ts";
import { findingText } from "../findings/text.ts";
import { placesOf, within } from "../model/findings.ts";
import { t } from "../texts.ts";
import type { Layout } from "./layout.ts";

/** A finding with the row that it stands under, the lowest of its cells; none where it is told below the table. */
export interface Remark {
  readonly id: string;
  readonly finding: Finding;
  readonly row?: number;
}

/** The findings of a table's cells: errors each under its row. */
export const remarksOf = (layout: Layout, findings: readonly Finding[], told: ReadonlyMap<Finding, string>): Remark[] =>
  findings.flatMap((finding, i): Remark[] => {
    const rows = placesOf(finding).flatMap((place) => layout.byPointer.get(place)?.row ?? []);
    if (rows.length === 0) return [];
    const below = told.get(finding);
    return [
      below === undefined
        ? { id: `remark-${layout.table.id}-${i}`, finding, row: Math.max(...rows) }
        : { id: below, finding },
    ];
  });

/** The remarks that a place is part of. */
export const remarksAt = (remarks: readonly Remark[], pointer: string): Remark[] =>
  remarks.filter(({ finding }) => placesOf(finding).some((place) => within(pointer, place)));

function RemarkText({ id, finding, own }: { readonly id: string; readonly finding: Finding; readonly own: boolean }) {
  return (
    <p {...(own ? { id } : {})} class={`remark ${finding.level}`}>
      <b>{t(finding.level)}</b> {findingText(finding)}
    </p>
  );
}

/** The row of remarks under a row of the table. */
export function Remarks({ remarks, columns }: { readonly remarks: readonly Remark[]; readonly columns: number }) {
  return (
    <tr class="remarks">
      <td role="gridcell" colSpan={columns}>
        <div class="remark-box">
          {remarks.map(({ id, finding }) => (
            <RemarkText key={id} id={id} finding={finding} own={true} />
          ))}
        </div>
      </td>
    </tr>
  );
}

/**
 * What is found of the cell in hand and told elsewhere: under another row, or below the table, either of which may be out of
 * sight. It is read out with the cell, which that text describes.
 */
export function RemarksHere({ remarks }: { readonly remarks: readonly Remark[] }) {
  if (remarks.length === 0) return null;
  return (
    <div class="here" aria-hidden="true">
      {remarks.map(({ id, finding }) => (
        <RemarkText key={id} id={id} finding={finding} own={false} />
      ))}
    </div>
  );
}

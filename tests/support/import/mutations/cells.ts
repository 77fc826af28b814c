/** Damage to single figures. */
import type { Made } from "../made.ts";
import type { PaperCell } from "../paper.ts";
import type { Random } from "../random.ts";
import { type Damage, type Mutation, type Place, placesOf, pointersIn, ROW, watched } from "./mutation.ts";

const single = ({ table, row, column, cell }: Place): boolean =>
  table.grid[row]![column + 1] !== cell && table.grid[row]![column - 1] !== cell;
const narrow = (place: Place): boolean => single(place) && pointersIn(place.table.grid[place.row]!).length > 2;

/** Writes another text into some figure. */
const written = (
  kind: string,
  write: (text: string) => string,
  which: (place: Place, made: Made) => boolean = () => true,
): Mutation => ({
  kind,
  times: 2,
  apply: (made, random) => {
    const { cell } = random.pick(placesOf(made, (place) => which(place, made)));
    const before = cell.text;
    cell.text = write(before);
    return { what: `${cell.pointer} ${before} → ${JSON.stringify(cell.text)}`, places: [cell.pointer!] };
  },
});
const isCount = ({ cell }: Place): boolean => !/amount$|change$/.test(cell.pointer!);
const GARBAGE = [
  "1O",
  "十几",
  "约5",
  "3、4",
  "?",
  "12/13",
  "#REF!",
  "1.2",
  "-1",
  "12 13",
  "12\n13",
  "12①",
  "1e3",
  "见附件",
];

/** Changes one row; the places that may be named are all of its figures. */
const rowChanged = (
  kind: string,
  change: (row: PaperCell[], column: number) => void,
  which: (place: Place) => boolean,
  times = 2,
): Mutation => ({
  kind,
  times,
  apply: (made, random): Damage => {
    const { table, row, column, cell } = random.pick(placesOf(made, which));
    const places = [...pointersIn(table.grid[row]!), ROW];
    change(table.grid[row]!, column);
    return { what: `${cell.pointer}`, places };
  },
});
const blank = (): PaperCell => ({ text: "", role: "data" });
const figuresFrom = (row: readonly PaperCell[]): number => row.findIndex(({ role }) => role === "data");

const swapped = (made: Made, random: Random): Damage => {
  const places = placesOf(made, ({ cell }) => /^\/requests\/(received|carriedIn|carriedOut)\//.test(cell.pointer!));
  const one = random.pick(places);
  const other = random.pick(
    places.filter(
      ({ cell }) =>
        cell.pointer!.split("/").at(-1) !== one.cell.pointer!.split("/").at(-1) && cell.text !== one.cell.text,
    ),
  );
  [one.cell.text, other.cell.text] = [other.cell.text, one.cell.text];
  return { what: `${one.cell.pointer} and ${other.cell.pointer}`, places: [one.cell.pointer!, other.cell.pointer!] };
};

export const CELLS: readonly Mutation[] = [
  ...GARBAGE.map((text) => written(`a count written as ${JSON.stringify(text)}`, () => text, isCount)),
  written(
    "a figure left blank",
    () => "",
    ({ cell }) => !/total/.test(cell.pointer!),
  ),
  written(
    "money written in words",
    () => "三十一万",
    ({ cell }) => /amount$/.test(cell.pointer!),
  ),
  written(
    "money as a range",
    (text) => `${text}-9万元`,
    ({ cell }) => /amount$/.test(cell.pointer!),
  ),
  written(
    "money in another currency",
    (text) => `${text.replace(/[万元]/g, "")}美元`,
    ({ cell }) => /amount$/.test(cell.pointer!),
  ),
  written(
    "a digit dropped where a sum tells",
    (text) => text.slice(1),
    ({ cell }) => watched(cell.pointer!) && cell.text.length > 1,
  ),
  written(
    "a digit doubled where a sum tells",
    (text) => `${text}${text.at(-1)}`,
    ({ cell }) => watched(cell.pointer!),
  ),
  { kind: "two figures of different rows and columns swapped", times: 3, apply: swapped },
  rowChanged("a cell removed from its row", (row, column) => void row.splice(column, 1), narrow, 3),
  rowChanged(
    "a cell too many in its row",
    (row, column) => void row.splice(column, 0, { text: "7", role: "data" }),
    narrow,
  ),
  rowChanged(
    "figures shifted to the left",
    (row) => {
      row.splice(figuresFrom(row), 1);
      row.push(blank());
    },
    narrow,
  ),
  rowChanged(
    "figures shifted to the right",
    (row) => {
      row.splice(figuresFrom(row), 0, blank());
      row.pop();
    },
    narrow,
  ),
  rowChanged(
    "two figures merged into one cell",
    (row, column) => {
      const next = row[column + 1]?.role === "data" ? column + 1 : column - 1;
      row[next] = row[column]!;
    },
    narrow,
    3,
  ),
  {
    kind: "a figure merged with the one below it",
    times: 2,
    apply: (made, random) => {
      const { table, row, column, cell } = random.pick(
        placesOf(
          made,
          (p) => single(p) && p.table.key === "requests" && p.table.grid[p.row + 1]?.[p.column]?.role === "data",
        ),
      );
      const below = table.grid[row + 1]![column]!;
      table.grid[row + 1]![column] = cell;
      return { what: `${cell.pointer} over ${below.pointer}`, places: [below.pointer!, cell.pointer!] };
    },
  },
  {
    kind: "a hidden digit in a cell",
    formats: ["HTML in UTF-8", "DOCX of Word"],
    times: 2,
    apply: (made, random) => {
      const { cell } = random.pick(placesOf(made, ({ cell: { pointer } }) => pointer!.startsWith("/disclosure/")));
      cell.hidden = "9";
      return { what: `${cell.pointer}`, places: [cell.pointer!] };
    },
  },
  {
    kind: "a cell that says it spans two columns",
    formats: ["HTML in UTF-8", "DOCX of WPS", "XLSX of one sheet"],
    apply: (made, random) => {
      const { table, row, cell } = random.pick(placesOf(made, narrow));
      cell.lies = { colSpan: 2 };
      return { what: `${cell.pointer}`, places: pointersIn(table.grid[row]!) };
    },
  },
  {
    kind: "a cell that says it spans two rows",
    formats: ["HTML in UTF-8"],
    times: 2,
    apply: (made, random) => {
      const { table, row, cell } = random.pick(placesOf(made, (p) => narrow(p) && p.table.key === "requests"));
      cell.lies = { rowSpan: 2 };
      return {
        what: `${cell.pointer}`,
        places: [...pointersIn([...table.grid[row]!, ...(table.grid[row + 1] ?? [])]), ROW],
      };
    },
  },
  ...(
    [
      ["an error for a figure", 's="1" t="e"><v>#DIV/0!</v>'],
      ["a formula that has no result", 's="1"><f>SUM(A1:A9)</f>'],
      ["a fraction for a figure", 's="1"><v>0.37</v>'],
      ["a truth value for a figure", 's="1" t="b"><v>1</v>'],
    ] as const
  ).map(
    ([kind, raw]): Mutation => ({
      kind: `${kind} in a spreadsheet`,
      formats: ["XLSX of one sheet", "XLSX of a sheet for each section"],
      apply: (made, random) => {
        const { cell } = random.pick(placesOf(made, isCount));
        cell.raw = raw;
        return { what: `${cell.pointer}`, places: [cell.pointer!] };
      },
    }),
  ),
];

import type { PagedLine } from "./pdf-flow.ts";
import type { Table } from "./pdf-tables.ts";

export const columnsOf = (items: (PagedLine | Table)[], _isLine: (item: PagedLine | Table) => item is PagedLine): (PagedLine | Table)[] => items;

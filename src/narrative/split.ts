/** A whole report that was pasted into one of its sections, split into the sections that its headings name. */
import type { EditionForm } from "../form/form.ts";
import type { BESIDE_TABLE } from "../form/narrative.ts";
import { type FramePart, framePart } from "./frame.ts";

/** A paragraph or a heading of a section's text, as a report has it. */
export type NarrativeItem =
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "heading"; readonly level: 2 | 3 | 4; readonly text: string };

/** What a text is split into. Every item is in one of the three, in the order of the text. */
export interface Split {
  /** By the JSON Pointer of the list: `/preamble`, `/overview/body`, `/requests/before`. The section that was split is among them. */
  readonly texts: ReadonlyMap<string, readonly NarrativeItem[]>;
  /** Headings of the form, title and signature: the system prints them. */
  readonly dropped: readonly string[];
  /** Under the heading of a table and no sentences: rows of it, that have to go into the table itself. */
  readonly unplaced: readonly string[];
}

/** Whether a text beside a table is written to be read: it ends as a sentence does, or begins as a note does. */
const isProse = (text: string): boolean =>
  [...text].length >= 6 &&
  /\p{Script=Han}{2}/u.test(text) &&
  (/[。；！？;!?][”’"）)】]*$/u.test(text) || /^[（(【]?(?:备?注|说明|附注|注释)\d{0,2}[：:]/u.test(text));

interface Piece {
  readonly item: NarrativeItem;
  readonly part: FramePart | undefined;
  /** The heading's place among the form's sections; -1 of what is none. */
  readonly order: number;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");

/** A paragraph in pieces: before each heading of the form that stands in it after a stop or a space. */
function piecesOf(item: NarrativeItem, form: EditionForm): NarrativeItem[] {
  if (item.type === "heading") return [item];
  const headings = form.sections.map(({ number, label }) => `${number}、\\s*${escaped(label)}`).join("|");
  const at = new RegExp(`(?<=[。；！？\\s])(?=(?:${headings})(?:[\\s。.:：,，]|$))`, "u");
  return item.text.split(at).flatMap((part): NarrativeItem[] => {
    const text = part.trim();
    return text === "" ? [] : [{ type: "paragraph", text }];
  });
}

/**
 * The headings that part the text: of all that may, those in the form's order that have most beneath them. A list of
 * contents has the same headings and nothing beneath.
 */
function partingOf(pieces: readonly Piece[]): ReadonlySet<Piece> {
  const headings = pieces.flatMap((piece, at) => {
    if (piece.part?.part !== "heading") return [];
    const next = pieces[at + 1];
    const says = piece.part.rest !== "" || (next !== undefined && next.part?.part !== "heading");
    return [{ piece, worth: says ? 2 : 1 }];
  });
  /** The best chain that ends in each heading. */
  const chains: { worth: number; pieces: Piece[] }[] = [];
  for (const { piece, worth } of headings) {
    let before = { worth: 0, pieces: [] as Piece[] };
    for (const chain of chains)
      if (chain.pieces.at(-1)!.order < piece.order && chain.worth > before.worth) before = chain;
    chains.push({ worth: before.worth + worth, pieces: [...before.pieces, piece] });
  }
  return new Set(
    chains.reduce((best, chain) => (chain.worth > best.worth ? chain : best), { worth: 0, pieces: [] as Piece[] })
      .pieces,
  );
}

/** A text as it is filled into lists. */
class Filling {
  readonly texts = new Map<string, NarrativeItem[]>();
  readonly dropped: string[] = [];
  readonly unplaced: string[] = [];
  readonly #form: EditionForm;
  /** The pointer of the list that comes next, or the key of a table's section. */
  #narrative: string | undefined;
  #table = "";
  #beside: keyof typeof BESIDE_TABLE = "before";

  constructor(form: EditionForm, section: string) {
    this.#form = form;
    this.begin(section);
  }

  begin(key: string): void {
    const section = this.#form.sections.find((own) => own.key === key);
    this.#narrative = section?.kind === "table" ? undefined : `/${key}/body`;
    [this.#table, this.#beside] = [key, "before"];
    if (this.#narrative && !this.texts.has(this.#narrative)) this.texts.set(this.#narrative, []);
  }

  to(pointer: string, item: NarrativeItem): void {
    const list = this.texts.get(pointer) ?? [];
    this.texts.set(pointer, list);
    list.push(item);
  }

  put(item: NarrativeItem): void {
    if (this.#narrative !== undefined) this.to(this.#narrative, item);
    else if (isProse(item.text)) this.to(`/${this.#table}/${this.#beside}`, { type: "paragraph", text: item.text });
    else {
      this.unplaced.push(item.text);
      this.#beside = "after";
    }
  }
}

/** Where what may be the signature begins: what is no more than one after the last text. */
function signatureFrom(pieces: readonly Piece[]): number {
  let at = pieces.length;
  while (at > 0 && pieces[at - 1]!.part?.part === "signature") at -= 1;
  return at;
}

/**
 * Splits a section's text where the form's own headings stand in it.
 * @param section the key of the section that the text stands in; what comes before the first heading stays there, or is
 *   the report's preamble where a title stands above it
 * @param organ the organ's name, to know its signature by
 * @returns undefined where neither a heading of the form nor a report's title stands in the text
 */
export function splitNarrative(
  form: EditionForm,
  section: string,
  items: readonly NarrativeItem[],
  organ = "",
): Split | undefined {
  const pieces = items
    .flatMap((item) => piecesOf(item, form))
    .map((item): Piece => {
      const part = framePart({ text: item.text, heading: item.type === "heading" }, form, organ);
      const order = part?.part === "heading" ? form.sections.findIndex(({ key }) => key === part.section) : -1;
      return { item, part: part?.part === "heading" && order < 0 ? undefined : part, order };
    });
  const parting = partingOf(pieces);
  const first = pieces.findIndex((piece) => parting.has(piece));
  const title = pieces.findLastIndex(({ part }, at) => part?.part === "title" && (first < 0 || at < first));
  if (first < 0 && title < 0) return undefined;
  const [body, signature] = [first < 0 ? pieces.length : first, signatureFrom(pieces)];
  const filling = new Filling(form, section);
  for (const [at, piece] of pieces.entries()) {
    const { item, part } = piece;
    if (parting.has(piece) && part?.part === "heading") {
      filling.begin(part.section);
      filling.dropped.push(part.rest === "" ? item.text : item.text.slice(0, -part.rest.length).trim());
      if (part.rest !== "") filling.put({ type: "paragraph", text: part.rest });
    } else if (isFrame(pieces, at, { title, body, signature })) filling.dropped.push(item.text);
    else if (title >= 0 && at > title && at < first && item.type === "paragraph") filling.to("/preamble", item);
    else filling.put(item);
  }
  const { texts, dropped, unplaced } = filling;
  return { texts, dropped, unplaced };
}

/** Whether a piece is the title, the organ above it, a line of a list of contents, or the signature at the end. */
function isFrame(
  pieces: readonly Piece[],
  at: number,
  { title, body, signature }: { readonly title: number; readonly body: number; readonly signature: number },
): boolean {
  const { item, part } = pieces[at]!;
  if (at >= signature) return true;
  if (at >= body) return false;
  if (part !== undefined) return true;
  return at === title - 1 && [...item.text].length <= 60 && !/[。；！？，]/u.test(item.text);
}

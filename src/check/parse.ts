import { type ParseError as JsoncError, parse, printParseErrorCode, visit } from "jsonc-parser";
import { shortened, visible } from "../basics/visible.ts";

/** Arrays and objects within each other; a report needs 6. */
const MAX_DEPTH = 32;

/** Why a body is no JSON that can be taken, and where. */
export class ParseError extends Error {
  /** zh-CN; `message` is English. */
  readonly messageZh: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;

  constructor(text: string, offset: number, zh: string, en: string) {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - before.lastIndexOf("\n");
    super(`line ${line}, column ${column}: ${en}`);
    this.name = "ParseError";
    this.messageZh = `第${line}行第${column}列：${zh}`;
    this.line = line;
    this.column = column;
  }
}

/** The offset at which brackets nest deeper than they may, or -1. */
function tooDeep(text: string): number {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return i;
    } else if (c === 0x7d || c === 0x5d) depth -= 1;
  }
  return -1;
}

/** Refuses an object that names a member twice: which of the two was meant is nobody's to guess (RFC 8259, 4). */
function refuseDuplicates(text: string): void {
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name, offset) => {
      if (open.at(-1)?.has(name)) {
        const shown = `"${visible(shortened(name, 40))}"`;
        throw new ParseError(
          text,
          offset,
          `键${shown}在同一对象中出现两次`,
          `the key ${shown} appears twice in one object`,
        );
      }
      open.at(-1)?.add(name);
    },
  });
}

/**
 * Reads a body as JSON (RFC 8259), strictly: UTF-8, no comments, no duplicate keys, no deep nesting.
 * @throws {ParseError} with the line and column of what is wrong
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ParseError("", 0, "不是UTF-8编码", "not UTF-8");
  }
  const deep = tooDeep(text);
  if (deep >= 0) throw new ParseError(text, deep, `嵌套超过${MAX_DEPTH}层`, `nested more than ${MAX_DEPTH} deep`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const errors: JsoncError[] = [];
    parse(text, errors, { allowTrailingComma: false, disallowComments: true, allowEmptyContent: false });
    const [first] = errors;
    const why = first ? printParseErrorCode(first.error) : "InvalidSymbol";
    throw new ParseError(text, first?.offset ?? 0, `不是合法的JSON（${why}）`, `not JSON (${why})`);
  }
  refuseDuplicates(text);
  return value;
}

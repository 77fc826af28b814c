import { gzipSync } from "node:zlib";
import { bytes, concat, type HostileInput } from "./hostile-input.ts";

type Row = readonly [what: string, body: string | Uint8Array, says: string];

const POSITION = "第1行第1列";
const NOT_JSON = "不是合法的JSON";
const NOT_UTF8 = "不是UTF-8编码";
const TWICE = "在同一对象中出现两次";
const DEEP = "嵌套超过32层";
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf16le"));

/** Other languages than JSON, and JSON as some programs write it. */
const NO_JSON: readonly Row[] = [
  ["nothing", "", POSITION],
  ["spaces alone", "    ", NOT_JSON],
  ["a byte order mark alone", concat(bytes(0xef, 0xbb, 0xbf)), NOT_JSON],
  ["two byte order marks", concat(bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf), "{}"), NOT_JSON],
  ["a bare word", "年报", POSITION],
  ["a brace that is not closed", '{\n  "year": 2020\n', "第3行第1列"],
  ["a bracket that is not closed", '{"a": [1, 2', NOT_JSON],
  ["a brace closed by a bracket", '{"year": 2020]', NOT_JSON],
  ["closing brackets alone", "]".repeat(10_000), NOT_JSON],
  ["a comma before the closing brace", '{"year": 2020,}', NOT_JSON],
  ["a comma before the closing bracket", '{"a": [1,]}', NOT_JSON],
  ["a comma first", '{,"year": 2020}', NOT_JSON],
  ["no comma between members", '{"a": 1 "b": 2}', NOT_JSON],
  ["no colon", '{"a" 1}', NOT_JSON],
  ["a key without quotes", "{year: 2020}", NOT_JSON],
  ["a number as a key", "{1: 2020}", NOT_JSON],
  ["a line comment", '{ // x\n "year": 2020 }', "第1行第3列"],
  ["a block comment", '{"year": /* x */ 2020}', NOT_JSON],
  ["a hash comment", '# x\n{"year": 2020}', NOT_JSON],
  ["single quotes", "{'year': 2020}", NOT_JSON],
  ["typographic quotes", "{“year”: 2020}", NOT_JSON],
  ["backquotes", "{`year`: 2020}", NOT_JSON],
  ["a string that is not closed", '{"edition": "2021', NOT_JSON],
  ["a string that ends with a backslash", '{"edition": "2021\\', NOT_JSON],
  ["an escape of another language", '{"edition": "\\x41"}', NOT_JSON],
  ["an octal escape", '{"edition": "\\0"}', NOT_JSON],
  ["a Unicode escape cut short", '{"edition": "\\u12"}', NOT_JSON],
  ["a Unicode escape with braces", '{"edition": "\\u{2021}"}', NOT_JSON],
  ["a raw line break in a string", '{"edition": "a\nb"}', NOT_JSON],
  ["a raw tab in a string", '{"edition": "a\tb"}', NOT_JSON],
  ["a raw NUL in a string", '{"edition": "a\0b"}', NOT_JSON],
  ["a raw escape sequence in a string", '{"edition": "\u001b[2Jx"}', NOT_JSON],
  ["NULs before", '\0\0{"year": 2020}', NOT_JSON],
  ["NULs behind", '{"year": 2020}\0\0', NOT_JSON],
  ["a form feed between", '{\f"year": 2020}', NOT_JSON],
  ["a no-break space between", '{\u00a0"year": 2020}', NOT_JSON],
  ["an ideographic space between", '{\u3000"year": 2020}', NOT_JSON],
  ["a line separator between", '{\u2028"year": 2020}', NOT_JSON],
  ["full-width braces", '｛"year": 2020｝', NOT_JSON],
  ["NaN", '{"year": NaN}', "第1行第10列"],
  ["Infinity", '{"year": Infinity}', NOT_JSON],
  ["minus Infinity", '{"year": -Infinity}', NOT_JSON],
  ["undefined", '{"year": undefined}', NOT_JSON],
  ["True", '{"year": True}', NOT_JSON],
  ["a leading zero", '{"year": 02020}', NOT_JSON],
  ["a leading plus", '{"year": +2020}', NOT_JSON],
  ["a leading point", '{"year": .5}', NOT_JSON],
  ["a trailing point", '{"year": 2020.}', NOT_JSON],
  ["a minus alone", '{"year": -}', NOT_JSON],
  ["an exponent without digits", '{"year": 2e}', NOT_JSON],
  ["a hexadecimal number", '{"year": 0x7E4}', NOT_JSON],
  ["a separator in a number", '{"year": 2_020}', NOT_JSON],
  ["a BigInt", '{"year": 2020n}', NOT_JSON],
  ["full-width digits", '{"year": ２０２０}', NOT_JSON],
  ["Chinese digits", '{"year": 二〇二〇}', NOT_JSON],
  ["two values", "{} {}", "第1行第4列"],
  ["lines of JSON", '{"year": 2020}\n{"year": 2021}', "第2行"],
  ["a JSON text sequence", "\u001e{}\n", NOT_JSON],
  ["JSONP", 'report({"year": 2020})', NOT_JSON],
  ["a prefix against hijacking", ")]}'\n{}", NOT_JSON],
  ["XML", '<?xml version="1.0"?><report/>', NOT_JSON],
  [
    "XML with an external entity",
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    NOT_JSON,
  ],
  ["HTML", "<!doctype html><script>alert(1)</script>", NOT_JSON],
  ["YAML", "edition: 2021\nyear: 2025\n", NOT_JSON],
  ["YAML with a tag", "!!python/object/apply:os.system ['id']", NOT_JSON],
  ["a form", "edition=2021&year=2025", NOT_JSON],
  ["a multipart body", '--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n{}\r\n--x--\r\n', NOT_JSON],
  ["CSV", "edition,year\r\n2021,2025\r\n", NOT_JSON],
  ["a serialized Java object", bytes(0xac, 0xed, 0x00, 0x05, 0x73, 0x72), NOT_UTF8],
  ["a serialized PHP object", 'O:8:"stdClass":0:{}', NOT_JSON],
  ["a template", "{{7*7}}", NOT_JSON],
  ["a lookup of log4j", "$" + "{jndi:ldap://example.org/x}", NOT_JSON],
  ["a PDF", "%PDF-1.7\n1 0 obj\n", NOT_JSON],
  ["a MiB of opening quotes", '"'.repeat(1024 * 1024 - 1), NOT_JSON],
  ["a MiB of backslashes in a string", `"${"\\".repeat(1024 * 1024 - 3)}`, NOT_JSON],
  ["half a million commas", `[${",".repeat(500_000)}]`, NOT_JSON],
  ["a quarter million colons", `{${":".repeat(250_000)}}`, NOT_JSON],
  ["a MiB of letters", "x".repeat(1024 * 1024), NOT_JSON],
  ["a hundred thousand lines, the fault in the last", `${"\n".repeat(100_000)}{`, "第100001行"],
];

const BAD_BYTES: readonly Row[] = [
  ["a byte that UTF-8 never has", bytes(0x7b, 0x22, 0xff, 0x22, 0x7d), NOT_UTF8],
  ["GBK", bytes(0x22, 0xc4, 0xea, 0xb1, 0xa8, 0x22), NOT_UTF8],
  ["GB 18030 with four bytes", bytes(0x22, 0x81, 0x30, 0x81, 0x30, 0x22), NOT_UTF8],
  ["Big5", bytes(0x22, 0xa6, 0x7e, 0xb3, 0xf8, 0x22), NOT_UTF8],
  ["Latin-1", bytes(0x22, 0xe9, 0x22), NOT_UTF8],
  ["UTF-16 with its mark", concat(bytes(0xff, 0xfe), utf16("{}")), NOT_UTF8],
  ["UTF-16 without its mark", utf16('{"year": 2020}'), NOT_JSON],
  ["UTF-32", bytes(0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0, 0x7d, 0, 0, 0), NOT_UTF8],
  ["UTF-7", "+AHs-+AH0-", NOT_JSON],
  ["an overlong slash", bytes(0x22, 0xc0, 0xaf, 0x22), NOT_UTF8],
  ["an overlong NUL", bytes(0x22, 0xc0, 0x80, 0x22), NOT_UTF8],
  ["an overlong quote in three bytes", bytes(0x22, 0xe0, 0x80, 0xa2, 0x22), NOT_UTF8],
  ["a surrogate as three bytes (CESU-8)", bytes(0x22, 0xed, 0xa0, 0x80, 0x22), NOT_UTF8],
  ["a code point beyond U+10FFFF", bytes(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22), NOT_UTF8],
  ["a sequence of five bytes", bytes(0x22, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x22), NOT_UTF8],
  ["a character cut short at the end", bytes(0x22, 0xe5, 0xb9), NOT_UTF8],
  ["a continuation byte alone", bytes(0x22, 0x80, 0x22), NOT_UTF8],
  ["gzip that is not declared", new Uint8Array(gzipSync("{}")), NOT_UTF8],
  ["a zip archive", concat("PK", bytes(3, 4, 0x14, 0, 0xff)), NOT_UTF8],
  ["a PNG", bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), NOT_UTF8],
  ["CBOR", bytes(0xa1, 0x64, 0x79, 0x65, 0x61, 0x72, 0x19, 0x07, 0xe4), NOT_UTF8],
  ["MessagePack", bytes(0x81, 0xa4, 0x79, 0x65, 0x61, 0x72, 0xcd, 0x07, 0xe4), NOT_UTF8],
];

const KEYS_TWICE: readonly Row[] = [
  ["a key twice", '{"year": 2020,\n "year": 2021}', "第2行第2列"],
  ["a key twice deep down", '{"a": [{"b": 1, "b": 2}]}', TWICE],
  ["a key twice, once with an escape", '{"year": 2020, "\\u0079ear": 2021}', TWICE],
  ["a key twice with the same value", '{"year": 2020, "year": 2020}', TWICE],
  ["a key twice with an object between", '{"organ": {}, "x": {"organ": 1}, "organ": {}}', TWICE],
  ["the prototype twice", '{"__proto__": {}, "__proto__": {}}', TWICE],
  ["the empty key twice", '{"": 1, "": 2}', TWICE],
  ["a lone surrogate twice as a key", '{"\\ud800": 1, "\\ud800": 2}', TWICE],
  ["a key of bidirectional controls twice", '{"\u202egpj": 1, "\u202egpj": 2}', TWICE],
  ["a key of escape sequences twice", '{"\\u001b[31m": 1, "\\u001b[31m": 2}', TWICE],
  ["a key with C1 controls twice", '{"\u009b31m": 1, "\u009b31m": 2}', TWICE],
  ["a key of script twice", '{"<script>alert(1)</script>": 1, "<script>alert(1)</script>": 2}', TWICE],
  ["a key of 400,000 letters twice", `{"${"k".repeat(400_000)}": 1, "${"k".repeat(400_000)}": 2}`, TWICE],
  [
    "the hundred-thousandth key again",
    `{${Array.from({ length: 100_000 }, (_, i) => `"${i}":0`).join(",")},"99999":0}`,
    TWICE,
  ],
];

const DEPTH: readonly Row[] = [
  ["a hundred thousand brackets", "[".repeat(100_000), DEEP],
  ["a MiB of brackets", "[".repeat(1024 * 1024), DEEP],
  ["fifty thousand braces", '{"a":'.repeat(50_000), DEEP],
  ["brackets and braces in turn", '[{"a":'.repeat(20_000), DEEP],
  ["33 levels, all closed", `${"[".repeat(33)}${"]".repeat(33)}`, DEEP],
  ["the depth at the end of a long list", `[${"0,".repeat(200_000)}${"[".repeat(40)}`, DEEP],
  ["the depth behind a string of brackets", `["]]]]]", ${"[".repeat(40)}`, DEEP],
  ["the depth behind an escaped quote", `["\\"", ${"[".repeat(40)}`, DEEP],
];

const input =
  (kind: string) =>
  ([what, body, says]: Row): HostileInput => ({ what: `${kind}: ${what}`, status: 400, says, body });

/** Bodies that are no JSON that can be taken: 400 with line and column. */
export const NOT_JSON_INPUTS: readonly HostileInput[] = [
  ...NO_JSON.map(input("no JSON")),
  ...BAD_BYTES.map(input("bytes")),
  ...KEYS_TWICE.map(input("duplicate keys")),
  ...DEPTH.map(input("depth")),
];

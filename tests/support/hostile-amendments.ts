import { crc32, deflateSync } from "node:zlib";
import { bytes, concat, type HostileInput, MARK } from "./hostile-input.ts";
import type { MutableReport } from "./service.ts";

/** What the first version lies at: 杭州's example of 2025. */
export const PLACE = "/reports/11330100002489015P/2025";

/** A correction or withdrawal without a fault, to be changed. */
export interface Amendment {
  // biome-ignore lint/suspicious/noExplicitAny: changed in ways that no type allows
  [key: string]: any;
}
type Row = readonly [what: string, id: string, says: string, change: (amendment: Amendment) => unknown];

const reason = (value: unknown) => (a: Amendment) => void (a["reason"] = value);
const supersedes = (value: unknown) => (a: Amendment) => void (a["supersedes"] = value);
const report = (value: unknown) => (a: Amendment) => void (a["report"] = value);
const within = (change: (report: MutableReport) => void) => (a: Amendment) => change(a["report"]);

const FRAMES: readonly Row[] = [
  ["null", "S-TYPE", "对象", () => null],
  ["a list", "S-TYPE", "对象", () => []],
  ["a text", "S-TYPE", "对象", () => MARK],
  ["a report without its frame", "S-REQUIRED", "缺少", (a) => a["report"] ?? {}],
  ["no reason", "S-REQUIRED", "理由", (a) => void delete a["reason"]],
  ["an empty reason", "S-LENGTH", "不能为空", reason("")],
  ["a reason of spaces", "S-TEXT", "首尾不能有空格", reason("   ")],
  ["a reason of 501 characters", "S-LENGTH", "500", reason("因".repeat(501))],
  ["a reason as a list", "S-TYPE", "字符串", reason(["填报有误"])],
  ["a reason with a line break", "S-TEXT", "换行符", reason("填报\r\n有误")],
  ["a reason with a NUL", "S-TEXT", "U+0000", reason("填报\0有误")],
  ["a reason with a bidirectional control", "S-TEXT", "U+202E", reason("填报\u202e有误")],
  ["a reason with a lone surrogate", "S-TEXT", "代理项", reason("填报\ud800有误")],
  ["no version", "S-REQUIRED", "缺少", (a) => void delete a["supersedes"]],
  ["version 0", "S-RANGE", "不能小于1", supersedes(0)],
  ["version −1", "S-RANGE", "不能小于1", supersedes(-1)],
  ["version 1.5", "S-TYPE", "整数", supersedes(1.5)],
  ["version 1e9", "S-RANGE", "不能大于", supersedes(1e9)],
  ["a version as text", "S-TYPE", "整数", supersedes("1")],
  ["a version as a path", "S-TYPE", "整数", supersedes("../000001")],
  ["a version as a list", "S-TYPE", "整数", supersedes([1])],
  ["a field of the service's", "S-UNKNOWN", "publishedAt", (a) => void (a["publishedAt"] = "2020-01-01")],
  ["a filer", "S-UNKNOWN", "filedBy", (a) => void (a["filedBy"] = {})],
  ["a key of bidirectional controls", "S-UNKNOWN", "\\u{202e}", (a) => void (a["\u202ereason"] = 1)],
];

/** A correction alone has a report in it. */
const CORRECTIONS: readonly Row[] = [
  ["no report", "S-REQUIRED", "更正后的报告", (a) => void delete a["report"]],
  ["a report that is null", "S-TYPE", "null", report(null)],
  ["a report as a text", "S-TYPE", "对象", report("{}")],
  ["an empty report", "S-EDITION", "格式版本", report({})],
  ["a wrong total", "T3-ROW-TOTAL", "相差1", within((r) => void (r["requests"].received.total += 1))],
  ["a control in the report", "S-TEXT", "U+0007", within((r) => void (r["other"].body[0].text += "\u0007"))],
  [
    "a report of another year",
    "S-PLACE",
    "与网址不同",
    within((r) => {
      r["year"] = 2024;
      r["signed"] = "2025-01-20";
    }),
  ],
  ["a report of another organ", "S-PLACE", "与网址不同", within((r) => void (r["organ"].uscc = "11371500MB28560185"))],
  ["the same report", "S-SAME", "没有不同", () => undefined],
];

const amended =
  (path: "corrections" | "withdrawal") =>
  ([what, id, says, change]: Row): HostileInput => ({
    what: `${path}: ${what}`,
    path: `${PLACE}/${path}`,
    status: 422,
    id,
    says,
    change: (example) => {
      const amendment: Amendment = {
        supersedes: 1,
        reason: "填报有误",
        ...(path === "corrections" ? { report: example } : {}),
      };
      return change(amendment) ?? (what === "null" ? null : amendment);
    },
  });

/** What may not be corrected or withdrawn; one version is published. */
export const AMENDMENT_INPUTS: readonly HostileInput[] = [
  ...FRAMES.map(amended("corrections")),
  ...CORRECTIONS.map(amended("corrections")),
  ...FRAMES.map(amended("withdrawal")),
  {
    what: "withdrawal: with a report",
    path: `${PLACE}/withdrawal`,
    status: 422,
    id: "S-UNKNOWN",
    says: "report",
    change: (example) => ({ supersedes: 1, reason: "填报有误", report: example }),
  },
  {
    what: "withdrawal: of a version that is to come",
    path: `${PLACE}/withdrawal`,
    status: 409,
    says: "不是最新一版",
    body: '{"supersedes": 2, "reason": "填报有误"}',
  },
  {
    what: "corrections: of what was never published",
    path: "/reports/11330100002489015P/2024/corrections",
    status: 404,
    says: "没有",
    body: '{"supersedes": 1, "reason": "填报有误", "report": {}}',
  },
  {
    what: "corrections: of a year that is none",
    path: "/reports/11330100002489015P/20x5/corrections",
    status: 404,
    says: "没有",
    body: "{}",
  },
  {
    what: "withdrawal: of a way up",
    path: "/reports/..%2f..%2frecords/2025/withdrawal",
    status: 404,
    says: "没有",
    body: "{}",
  },
  {
    what: "another report for what is published",
    path: "/reports",
    status: 409,
    says: "须走更正程序",
    change: (r) => void (r["other"].body[0].text += "另行说明。"),
  },
];

const SIGNATURE = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function chunk(type: string, data: Uint8Array, check?: number): Uint8Array {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length);
  out.write(type, 4, "latin1");
  out.set(data, 8);
  out.writeUInt32BE(check ?? crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return new Uint8Array(out);
}

interface Header {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  readonly colour?: number;
  readonly interlace?: number;
}
function header({ width = 200, height = 200, depth = 8, colour = 6, interlace = 0 }: Header = {}): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, interlace], 8);
  return chunk("IHDR", data);
}
const pixels = (size: number): Uint8Array => chunk("IDAT", new Uint8Array(deflateSync(Buffer.alloc(size))));
const FULL = pixels((200 * 4 + 1) * 200);
const END = chunk("IEND", bytes());

/** Images that are no seal: 422. */
const IMAGES: readonly (readonly [what: string, says: string, png: Uint8Array])[] = [
  ["nothing", "不是PNG", bytes()],
  ["JSON", "不是PNG", concat('{"png": true}')],
  ["a JPEG", "不是PNG", bytes(0xff, 0xd8, 0xff, 0xe0)],
  ["a GIF that is script", "不是PNG", concat("GIF89a/*", bytes(0, 0), "*/=1;alert(1)//")],
  ["an SVG with script", "不是PNG", concat('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ["a PDF", "不是PNG", concat("%PDF-1.7\n")],
  ["a PNG's mark alone", "不完整", SIGNATURE],
  ["a chunk cut short", "不完整", concat(SIGNATURE, header().subarray(0, 15))],
  ["a chunk as long as 4 GiB", "不完整", concat(SIGNATURE, bytes(0xff, 0xff, 0xff, 0xff), "IHDR", bytes(0, 0, 0, 0))],
  ["a wrong checksum", "校验和", concat(SIGNATURE, chunk("IHDR", new Uint8Array(13), 7), FULL, END)],
  ["no header", "不完整", concat(SIGNATURE, FULL, END)],
  ["no end", "不完整", concat(SIGNATURE, header(), FULL)],
  ["no alpha channel", "透明通道", concat(SIGNATURE, header({ colour: 2 }), FULL, END)],
  ["a palette", "透明通道", concat(SIGNATURE, header({ colour: 3 }), FULL, END)],
  ["16 bits a channel", "8位", concat(SIGNATURE, header({ depth: 16 }), FULL, END)],
  ["interlacing", "非隔行", concat(SIGNATURE, header({ interlace: 1 }), FULL, END)],
  ["no width", "像素之间", concat(SIGNATURE, header({ width: 0 }), FULL, END)],
  [
    "four billion pixels a side",
    "像素之间",
    concat(SIGNATURE, header({ width: 2 ** 32 - 1, height: 2 ** 32 - 1 }), FULL, END),
  ],
  ["one pixel", "像素之间", concat(SIGNATURE, header({ width: 1, height: 1 }), pixels(5), END)],
  ["far from square", "宽高相差", concat(SIGNATURE, header({ width: 2000, height: 120 }), FULL, END)],
  ["fewer pixels than it says", "像素数据", concat(SIGNATURE, header(), pixels(100), END)],
  ["a bomb: 500 MiB of pixels", "像素数据", concat(SIGNATURE, header(), pixels(500 * 1024 * 1024), END)],
  ["pixels that are not compressed", "像素数据", concat(SIGNATURE, header(), chunk("IDAT", new Uint8Array(100)), END)],
  ["no pixels", "像素数据", concat(SIGNATURE, header(), END)],
];

const SEAL = "/organs/11330100002489015P/seal";
const seal = (rest: Omit<HostileInput, "method">): HostileInput => ({
  method: "PUT",
  path: SEAL,
  ...rest,
  headers: { "content-type": "image/png", ...rest.headers },
});

export const SEAL_INPUTS: readonly HostileInput[] = [
  ...IMAGES.map(([what, says, body]) => seal({ what: `seal: ${what}`, body, status: 422, says })),
  seal({ what: "seal: more than 1 MiB", body: new Uint8Array(1024 * 1024 + 1), status: 413, says: "1048576" }),
  seal({
    what: "seal: as JSON",
    headers: { "content-type": "application/json" },
    body: "{}",
    status: 415,
    says: "image/png",
  }),
  seal({
    what: "seal: as SVG",
    headers: { "content-type": "image/svg+xml" },
    body: "<svg/>",
    status: 415,
    says: "image/png",
  }),
  seal({
    what: "seal: in gzip",
    headers: { "content-encoding": "gzip" },
    body: concat("x"),
    status: 415,
    says: "不压缩",
  }),
  seal({ what: "seal: for a way up", path: "/organs/..%2f..%2frecords/seal", body: FULL, status: 404, says: "没有" }),
  seal({
    what: "seal: for a code in small letters",
    path: "/organs/11330100002489015p/seal",
    body: FULL,
    status: 404,
    says: "没有",
  }),
];

import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** What pdf.js looks for in a native package, to draw pages with: here it only reads, and only the names must be there. */
const CANVAS = "{ DOMMatrix: class DOMMatrix {}, ImageData: class ImageData {}, Path2D: class Path2D {} }";
const LOADED = 'canvas = require("@napi-rs/canvas");';

/** Bundles pdf.js without the native canvas that it asks for when it is loaded, and complains of when it is not there. */
export const pdfjsWithoutCanvas: Plugin = {
  name: "pdfjs-without-canvas",
  setup(build) {
    build.onLoad({ filter: /pdfjs-dist[\\/]legacy[\\/]build[\\/]pdf\.mjs$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      if (!code.includes(LOADED)) throw new Error(`${path}: it no longer loads its canvas as it did`);
      return { contents: code.replace(LOADED, `canvas = ${CANVAS};`), loader: "js" };
    });
  },
};

/**
 * What a document may take: bytes that streams unpack to, through every filter, and steps of whatever a file can make
 * endless or exponential. It is beyond its end for good once it was passed, so that what swallows one error meets the
 * next at once.
 */
const BUDGET = `
const budget = { bytes: Infinity, steps: Infinity, passed: false };
function takeBytes(count) {
  if ((budget.bytes -= count) >= 0) return;
  budget.passed = true;
  throw new Error("budget of bytes");
}
function takeSteps(count) {
  if ((budget.steps -= count) >= 0 && !budget.passed) return;
  budget.passed = true;
  throw new Error("budget of steps");
}
export { budget };
`;

/** Where the code of pdf.js meets what a file says: what stands there, and what shall; each as often as it says. */
const PATCHES: readonly (readonly [string, string, number?])[] = [
  // Every filter that unpacks has its buffer from here.
  [
    "    const buffer2 = new Uint8Array(size);\n",
    "    takeBytes(size - buffer.byteLength);\n    const buffer2 = new Uint8Array(size);\n",
  ],
  [
    "        chunks.push(chunk);\n        totalLength",
    "        takeBytes(chunk.byteLength);\n        chunks.push(chunk);\n        totalLength",
  ],
  // Ranges of widths and of character maps.
  [
    "for (let j = start; j <= code; j++) {",
    "for (let j = (takeSteps(Math.min(Math.abs(code - start), 65536)), start); j <= code && j <= 65535; j++) {",
    2,
  ],
  [
    "    while (low <= high) {\n      this._map[low++] = dstLow++;",
    "    takeSteps(16 * (high - low + 1));\n    while (low <= high) {\n      this._map[low++] = dstLow++;",
  ],
  [
    "    const lastByte = dstLow.length - 1;\n    while",
    "    takeSteps((high - low + 1) * (16 + dstLow.length));\n    const lastByte = dstLow.length - 1;\n    while",
  ],
  [
    "  cMap.useCMap.forEach(function (key, value) {\n",
    "  cMap.useCMap.forEach(function (key, value) {\n    takeSteps(1);\n",
  ],
  // Operators, those of forms, patterns and glyphs too, each time that they are run.
  [
    "        if (!preprocessor.read(operation)) {\n",
    "        takeSteps(20);\n        if (!preprocessor.read(operation)) {\n",
    2,
  ],
  [
    '    const matrix = lookupMatrix(dict.getArray("Matrix"), null);\n    const bbox = lookupNormalRect(dict.getArray("BBox"), null);\n    let f32bbox',
    '    takeSteps(4000);\n    const matrix = lookupMatrix(dict.getArray("Matrix"), null);\n    const bbox = lookupNormalRect(dict.getArray("BBox"), null);\n    let f32bbox',
  ],
  [
    "    const tilingOpList = new OperatorList();\n",
    "    takeSteps(20000);\n    const tilingOpList = new OperatorList();\n",
  ],
  [
    "    const glyphs = font.charsToGlyphs(chars);\n    if (font.data)",
    "    takeSteps(chars.length);\n    const glyphs = font.charsToGlyphs(chars);\n    if (font.data)",
  ],
  [
    "              combinedGlyphs.push(...self.handleText(arrItem, state));",
    "              for (const glyph of self.handleText(arrItem, state)) combinedGlyphs.push(glyph);",
  ],
  // Streams that a page names again and again, and functions that are made of functions.
  [
    "      const promises = [];\n      for (let i = 0, ii = content.length",
    "      takeSteps(content.length > 500 ? Infinity : 1);\n      const promises = [];\n      for (let i = 0, ii = content.length",
  ],
  ["    this.stream.reset();\n    const bytes", "    takeSteps(4000);\n    this.stream.reset();\n    const bytes"],
  ["  static parse(factory, fn) {\n", "  static parse(factory, fn) {\n    takeSteps(200);\n"],
  // States and forms within each other: each looks through, or copies, all that are around it.
  [
    "    this.stateStack.push(this.state);\n    this.state = old.clone();",
    "    takeSteps(this.stateStack.length > 500 ? Infinity : 1);\n    this.stateStack.push(this.state);\n    this.state = old.clone();",
  ],
  [
    "    const seenRefs = new RefSet(prevRefs);\n    if (objId) {\n      if (prevRefs?.has(objId)) {\n        throw new Error(`getOperatorList",
    "    takeSteps((prevRefs?._set.size ?? 0) > 100 ? Infinity : 1);\n    const seenRefs = new RefSet(prevRefs);\n    if (objId) {\n      if (prevRefs?.has(objId)) {\n        throw new Error(`getOperatorList",
  ],
  // Glyphs that are made of others, and programs of glyphs that call each other.
  [
    "function compileGlyf(code, cmds, font) {\n",
    "function compileGlyf(code, cmds, font) {\n  takeSteps(10 + code.length);\n",
  ],
  ["  function parse(code) {\n", "  function parse(code) {\n    takeSteps(10 + code.length);\n"],
  [
    "  parseCharString(state, data, localSubrIndex, globalSubrIndex) {\n",
    "  parseCharString(state, data, localSubrIndex, globalSubrIndex) {\n    takeSteps(10 + (data?.length ?? 0));\n",
  ],
  [
    "    const array = new Array(length);\n    let codeSize = 0;",
    "    takeSteps(length);\n    const array = new Array(length);\n    let codeSize = 0;",
  ],
  // A picture is not decoded; where it lies is what is needed.
  [
    '      warn(msg);\n      return;\n    }\n    let optionalContent;\n    if (dict.has("OC")) {',
    '      operatorList.addImageOps(OPS.paintImageXObject, ["undecoded", w, h, !!(dict.has("SMask") || dict.has("Mask") || dict.get("IM", "ImageMask"))], dict.has("OC") ? await this.parseMarkedContentProps(dict.get("OC"), resources) : undefined);\n      return;\n    }\n    let optionalContent;\n    if (dict.has("OC")) {',
  ],
  ["    if (maxImageSize !== -1 && w * h > maxImageSize) {\n", "    if (maxImageSize !== -1) {\n"],
  // What a font says of its characters in its other way, for comparison.
  [
    "    this.fontExtraProperties = evaluatorOptions.fontExtraProperties;\n",
    "    this.fontExtraProperties = evaluatorOptions.fontExtraProperties;\n    this.named = properties.named;\n    this.includesToUnicode = properties.hasIncludedToUnicodeMap;\n    this.embedded = !!file;\n",
  ],
  ['"defaultEncoding", "differences",', '"defaultEncoding", "differences", "named", "includesToUnicode", "embedded",'],
  [
    "    if (properties.hasIncludedToUnicodeMap) {\n      if (!properties.composite && properties.hasEncoding) {\n",
    "    if (!properties.composite && properties.hasEncoding) {\n      properties.named = this._simpleFontToUnicode(properties);\n    }\n    if (properties.hasIncludedToUnicodeMap) {\n      if (!properties.composite && properties.hasEncoding) {\n",
  ],
];

/**
 * The worker of pdf.js with bounds where it has none, and with what the reader must know and it does not say.
 * @throws Error when the library has other code where it is to be changed
 */
export function boundedWorker(source: string): string {
  let code = source;
  for (const [from, to, times = 1] of PATCHES) {
    const parts = code.split(from);
    if (parts.length !== times + 1)
      throw new Error(`pdf.worker.mjs: ${parts.length - 1} times and not ${times}: ${from}`);
    code = parts.join(to);
  }
  return code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n") + BUDGET;
}

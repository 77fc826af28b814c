import type { Page } from "./pdf-parts.ts";

type Drawn = Pick<Page, "width" | "height" | "glyphs" | "rules" | "things">;

/** A page turned so that most of its text is read from left to right. */
export function turned({ glyphs, rules, things, width, height }: Drawn): Drawn {
  const counts = [0, 1, 2, 3].map((turn) => glyphs.filter((glyph) => glyph.turn === turn).length);
  const quarter = counts.indexOf(Math.max(...counts));
  if (quarter === 0) return { width, height, glyphs, rules, things };
  const point = (x: number, y: number): readonly [number, number] =>
    quarter === 1 ? [y, width - x] : quarter === 2 ? [width - x, height - y] : [height - y, x];
  return {
    width: quarter === 2 ? width : height,
    height: quarter === 2 ? height : width,
    glyphs: glyphs.map((glyph) => {
      const [x, y] = point(glyph.x, glyph.y);
      return { ...glyph, x, y, turn: (glyph.turn - quarter + 4) % 4 };
    }),
    rules: rules.map((rule) => {
      const ends = rule.axis === "x" ? [rule.from, rule.at, rule.to, rule.at] : [rule.at, rule.from, rule.at, rule.to];
      const [[x0, y0], [x1, y1]] = [point(ends[0]!, ends[1]!), point(ends[2]!, ends[3]!)];
      const along = Math.abs(x1 - x0) > Math.abs(y1 - y0);
      const [from, to] = along ? [x0, x1] : [y0, y1];
      if (rule.dot)
        return { ...rule, at: (y0 + y1) / 2, from: Math.min(x0, x1), to: Math.min(x0, x1) + rule.to - rule.from };
      return { axis: along ? "x" : "y", at: along ? y0 : x0, from: Math.min(from, to), to: Math.max(from, to) };
    }),
    things: things.map(({ box, doubt }) => {
      const [[x0, y0], [x1, y1]] = [point(box.left, box.top), point(box.right, box.bottom)];
      const [left, right, top, bottom] = [Math.min(x0, x1), Math.max(x0, x1), Math.min(y0, y1), Math.max(y0, y1)];
      return { box: { left, right, top, bottom }, doubt };
    }),
  };
}

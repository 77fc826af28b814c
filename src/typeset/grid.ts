/** The official page (GB/T 9704—2012), in pt. Everything stands on one grid: 22 lines of 28 cells fill the type area. */

/** mm → pt. */
export const mm = (length: number): number => (length * 72) / 25.4;

/** 5.1: A4. */
export const PAGE_WIDTH = mm(210);
export const PAGE_HEIGHT = mm(297);
/** 5.2.1: 天头 37 mm, 订口 28 mm, type area 156 × 225 mm. */
export const LEFT = mm(28);
export const TOP = mm(37);
export const WIDTH = mm(156);
export const HEIGHT = mm(225);
/** 5.2.3: 22 lines of 28 characters that fill the type area. */
export const LINES = 22;
export const CELLS = 28;
export const PITCH = HEIGHT / LINES;
/** 15.79 pt: the 16 pt characters of 3号 stand on it, each 0.2 pt closer than set solid, which their side bearings take up. */
export const CELL = WIDTH / CELLS;
/** 5.2.2: 3号; 7.3.1: title 2号; 7.5: page number 4号. */
export const BODY_SIZE = 16;
export const TITLE_SIZE = 22;
export const NUMBER_SIZE = 14;
/** 7.5: the page number's 一字线 stand 7 mm below the type area. */
export const NUMBER_BASELINE = TOP + HEIGHT + mm(7) + NUMBER_SIZE * 0.38;

/** The baseline of text of a size on a line of the grid, counted from 0: its em box is centred, its baseline at 0.88 em. */
export const baseline = (line: number, size = BODY_SIZE): number =>
  TOP + line * PITCH + (PITCH - size) / 2 + 0.88 * size;

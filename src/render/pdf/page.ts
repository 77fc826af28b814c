/** The official page (GB/T 9704—2012, 5.2): A4, top margin 37 mm, left 28 mm, type area 156 × 225 mm, 22 lines of 28 characters. */

/** mm → pt. */
const mm = (length: number): number => (length * 72) / 25.4;

export const MARGIN_LEFT = mm(28);
export const MARGIN_TOP = mm(37);
export const TYPE_WIDTH = mm(156);
export const TYPE_HEIGHT = mm(225);
export const MARGIN_RIGHT = mm(210) - MARGIN_LEFT - TYPE_WIDTH;
export const MARGIN_BOTTOM = mm(297) - MARGIN_TOP - TYPE_HEIGHT;

/** The distance of two baselines: 22 lines fill the type area. */
export const LINE_PITCH = TYPE_HEIGHT / 22;
/** The room of one body character: 28 fill the line. */
export const CHARACTER = TYPE_WIDTH / 28;

/** Type sizes (号) in pt: 2号, 3号, 4号. */
export const SIZE_2 = 22;
export const SIZE_3 = 16;
export const SIZE_4 = 14;

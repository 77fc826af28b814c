/** Inputs that are one thing over and over: what grows faster than its input shows itself on them. */

/** What a text is repeated of. */
export const TEXT_TOKENS: readonly string[] = [
  ..." \t\n\u00a0\u3000\u200b-—,.，、。；：:|/\\\"'=+<>()（）[]【】《》%*#@_〇一二十1年月日件共的无某",
  "1,",
  "1.",
  "1 ",
  "1-",
  "－1",
  "年度",
  "2025年",
  "2025年至",
  "二〇二五年",
  "2025-1-1 ",
  "报告",
  "关于",
  "某局",
  "政府信息公开",
  "信息公开年度报告",
  "（一）",
  "1.\n",
  "一、",
  "一、总体情况",
  "六、其他需要报告的事项：",
  "其他 ",
  "收到申请1件，",
  "其中1件、",
  "行政复议1件",
  "本年度共受理政府信息公开申请",
  "分别为1、2、",
  "结转",
  "单位：",
  "万元",
  "12345678901234567X",
  "110105194912310021",
  "13800138000",
  "138-",
  "a@b.",
  "a.",
  "aA0",
  "⼈",
  "\ufffd",
  "é́",
  "ICP备",
  "附件",
];

export const HTML_TOKENS: readonly string[] = [
  "<",
  "</",
  "<!--",
  "<!",
  "<?",
  "&",
  "&amp;",
  "&#",
  "<p>",
  "<p>1",
  "</p>",
  "<b>",
  "<b>1</i>",
  "<a href=x>",
  "<font color=#fff>",
  "<br>",
  "<li>",
  "<nav>",
  "<div>",
  "<div class=nav>x</div>",
  "<h2>",
  "<h2>一、</h2>",
  "<ul><li>x</ul>",
  "<table>",
  "<table></table>",
  "<table><tr><td>1</table>",
  "<table><tr><td>",
  "<tr>",
  "<td>",
  "<tr><td>1<td>2",
  "<tr><td>1<td>2<td>3<td>4<td>5<td>6<td>7",
  "<td rowspan=200>",
  "<td colspan=200>1",
  "<input>",
  "<img>",
  "<svg>",
  "<math><mi>",
  "<select><option>",
  "<script>",
  "<style>a{",
  "<style>td{color:#fff}</style>",
  "<iframe>",
  "<template>",
  "<noscript>",
  "<sup>1</sup>",
  "<s>1</s>2",
  "<span style=display:none>1</span>",
  "<p a=1 ",
  " x=1",
];

export const CSS_TOKENS: readonly string[] = [
  "a ",
  "a>",
  "a,",
  ".x",
  ".x{display:none}",
  "td{color:#fff}",
  "td:nth-child(2){display:none}",
  "td~td~td{display:none}",
  ":not(",
  ":not(a)",
  "{",
  "}",
  "@media{",
  "@media screen{.x{display:none}}",
  "color:#fff;",
  "/*",
  '"',
  "\\",
  "(",
  "[",
  "!",
  ";",
];

/** How many times each is repeated. */
export const COUNTS = [10_000, 20_000, 40_000, 80_000] as const;

/** Differences below this are the machine's. */
const NOTHING = 30;
const MOST_GROWTH = 3;

/** The least time that the processor was busy for it, in ms: whatever else the machine does. */
async function shortest(run: () => Promise<unknown> | unknown, times: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i += 1) {
    const start = process.threadCpuUsage();
    await run();
    const { user, system } = process.threadCpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/**
 * How an input grows faster than it should: a line that says by how much; nothing where it does not.
 * Only what takes much longer at the largest count than at the smallest is measured at each doubling, and again before it is believed.
 */
export async function growth(
  name: string,
  run: (count: number) => Promise<unknown> | unknown,
  counts: readonly number[] = COUNTS,
): Promise<string | undefined> {
  const [first, last] = [counts[0]!, counts.at(-1)!];
  const small = await shortest(() => run(first), 1);
  // Once more where it takes long already: the largest count would not end.
  const middle = small > 1000 ? await shortest(() => run(2 * first), 1) : 0;
  if (middle > MOST_GROWTH * small)
    return `${name}: ${Math.round(small)} ms for ${first}, ${Math.round(middle)} ms for ${2 * first}`;
  const large = await shortest(() => run(last), 1);
  if (large <= 2 * NOTHING || large <= (last / first) * 1.5 * small) return undefined;
  let before = await shortest(() => run(first), 3);
  for (const count of counts.slice(1)) {
    const time = await shortest(() => run(count), 3);
    if (time > 2 * NOTHING && time > MOST_GROWTH * Math.max(before, NOTHING / 3))
      return `${name}: ${Math.round(before)} ms for ${count / 2}, ${Math.round(time)} ms for ${count}`;
    before = time;
  }
  return undefined;
}

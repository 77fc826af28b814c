/** A text as the reader takes it. */
export interface Readable {
  readonly text: string;
  /** Where each of its characters, and its end, stands in the text that was written: UTF-16 offsets. */
  readonly at: Uint32Array;
}

const BLANK = /[ \t\u00a0\u3000]/;
const DIGIT = /[0-9\uff10-\uff19]/;
const LEVELS = "省市区县州旗盟";

/** How offices shorten their names. */
const SHORT: readonly (readonly [string, ...string[]])[] = [
  ["住房和城乡建设", "住房城乡建设", "住建"],
  ["发展和改革", "发展改革", "发改"],
  ["人力资源和社会保障", "人力资源社会保障", "人社"],
  ["市场监督管理", "市场监管"],
  ["卫生健康", "卫健"],
  ["自然资源和规划", "自然资源", "资规"],
  ["文化和旅游", "文旅"],
  ["医疗保障", "医保"],
  ["交通运输", "交通"],
  ["应急管理", "应急"],
  ["城市管理", "城管"],
  ["退役军人事务", "退役军人"],
  ["管理委员会", "管委会"],
  ["委员会", "委"],
  ["人民政府办公室", "政府办公室", "政府办"],
  ["街道办事处", "街道", "街道办"],
  ["镇人民政府", "镇政府", "镇"],
  ["乡人民政府", "乡政府", "乡"],
];

/** What an organ calls itself in its own report: its name, and that without the places above it. */
function namesOf(organ: string): string[] {
  const names: string[] = [];
  for (let at = 0; at < organ.length - 3; at += 1)
    if (at === 0 || LEVELS.includes(organ[at]!)) names.push(organ.slice(at));
    else if (LEVELS.includes(organ[at - 1]!) && /(?:[镇乡]人民政府|街道办事处)$/.test(organ))
      names.push(organ.slice(at));
  for (const [long, ...shorts] of SHORT)
    for (const name of [...names])
      if (name.includes(long)) names.push(...shorts.map((short) => name.replace(long, short)));
  return names.filter((name) => name.length > 3).sort((a, b) => b.length - a.length);
}

/** Full-width digits, letters and signs as their ASCII twins, the organ's name as 本局, blanks left out but for those between digits. */
export function readable(written: string, organ: string): Readable {
  let plain = written.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  for (const name of namesOf(organ)) plain = plain.replaceAll(name, () => "本局".padEnd(name.length));
  // 街道 is the subdistrict itself, 各街道 are others.
  if (organ.endsWith("街道办事处"))
    plain = plain.replace(/(?<![各镇乡我本全、(])街道(?:办事处|办)?(?![、)])/g, (name) => "本局".padEnd(name.length));
  const offsets = new Uint32Array(plain.length + 1);
  let [text, last] = ["", ""];
  for (let at = 0; at < plain.length; ) {
    let next = at;
    while (next < plain.length && BLANK.test(plain[next]!)) next += 1;
    if (next > at && !(DIGIT.test(last) && DIGIT.test(plain[next] ?? ""))) at = next;
    if (at === plain.length) break;
    last = plain[at]!;
    offsets[text.length] = at;
    text += next > at ? " " : last;
    at = next > at ? next : at + 1;
  }
  offsets[text.length] = plain.length;
  return { text, at: offsets };
}

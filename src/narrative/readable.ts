/** A text as the reader takes it. */
export interface Readable {
  readonly text: string;
  /** Where each of its characters, and its end, stands in the text that was written: UTF-16 offsets. */
  readonly at: Uint32Array;
}

const BLANK = /[ \t\u00a0\u3000]/;
const DIGIT = /[0-9\uff10-\uff19]/;
const ORGAN_ENDS = "省市区县州旗盟";

/** Full-width digits, letters and signs as their ASCII twins, the organ's name as 本局, blanks left out but for those between digits. */
export function readable(written: string, organ: string): Readable {
  let plain = written.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  for (let at = 0; at < organ.length - 3; at += 1)
    if (at === 0 || ORGAN_ENDS.includes(organ[at]!))
      plain = plain.replaceAll(organ.slice(at), (name) => "本局".padEnd(name.length));
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

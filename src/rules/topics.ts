import type { Finding } from "../basics/finding.ts";
import type { TopicData } from "../form/form.ts";
import { idOf, type Keyword } from "./keyword.ts";

/** The parameter of `x-topics`. */
export interface TopicsParameter {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  /** The section's printed label. */
  readonly section: string;
  readonly topics: readonly TopicData[];
}

/** All the text of a narrative's body, or of its headings alone, without spaces. */
export const textOf = (body: readonly unknown[], headings = false): string =>
  body
    .map((item) => (item ?? {}) as { readonly type?: unknown; readonly text?: unknown })
    .filter(({ type, text }) => typeof text === "string" && (!headings || type === "heading"))
    .map(({ text }) => (text as string).replace(/\s/g, ""))
    .join("\n");

/**
 * The topics that a body does not speak of, neither by name in a heading or a text, nor in a heading by a name that in a
 * text would be of something else as well.
 */
export function missingTopics(body: readonly unknown[], topics: readonly TopicData[]): TopicData[] {
  const [text, headings] = [textOf(body), textOf(body, true)];
  return topics.filter(
    ({ label, alternatives = [], inHeadings = [] }) =>
      ![label, ...alternatives].some((name) => text.includes(name)) &&
      !inHeadings.some((name) => headings.includes(name)),
  );
}

/** The narrative speaks of every topic that the notice asks for; stands on the body. */
export function check(body: readonly unknown[], parameter: TopicsParameter): Finding[] {
  const missing = missingTopics(body, parameter.topics);
  if (missing.length === 0) return [];
  return [
    {
      id: parameter.id,
      level: parameter.level,
      message: `“${parameter.section}”没有写到${missing.map((t) => `“${t.label}”`).join("、")}`,
      messageEn: `The overview does not cover: ${missing.map((t) => t.en).join(", ")}`,
      cells: [{ pointer: "", label: parameter.section }],
    },
  ];
}

export const keyword: Keyword = {
  name: "topics",
  type: "array",
  file: "topics.ts",
  check,
  value(form, stand) {
    if (stand.on !== "body" || stand.section.kind !== "narrative" || !stand.section.topics) return undefined;
    const rule = idOf(form, "topics");
    return rule && { ...rule, section: stand.section.label, topics: stand.section.topics };
  },
  says: (_, form) => {
    const topics = form.sections.flatMap((s) => (s.kind === "narrative" && s.topics ? s.topics : []));
    return {
      zh: `“总体情况”没有写到应当写的方面：${topics.map(({ label }) => label).join("、")}`,
      en: `one of the ${topics.length} topics of 总体情况 is missing`,
    };
  },
  mends: () => ({
    zh: "补写缺少的方面；没有开展的，写明没有",
    en: "write on what is missing, or that there was nothing",
  }),
};

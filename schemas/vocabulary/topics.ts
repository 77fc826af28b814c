import type { Finding } from "../../src/finding.ts";
import type { Labelled } from "../form.ts";

/** The parameter of `x-topics`. */
export interface TopicsParameter {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  /** The section's printed label. */
  readonly section: string;
  readonly topics: readonly (Labelled & { readonly key: string; readonly alternatives?: readonly string[] })[];
}

/** All the text of a narrative's body. */
export const textOf = (body: readonly unknown[]): string =>
  body
    .map((item) => (typeof item === "object" && item !== null ? (item as { text?: unknown }).text : undefined))
    .filter((text) => typeof text === "string")
    .join("\n");

/** The narrative speaks of every topic that the notice asks for; stands on the body. */
export function check(body: readonly unknown[], parameter: TopicsParameter): Finding[] {
  const text = textOf(body);
  const missing = parameter.topics.filter(
    ({ label, alternatives = [] }) => ![label, ...alternatives].some((name) => text.includes(name)),
  );
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

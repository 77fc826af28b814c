import { say } from "./texts.ts";

/** Texts of a file that are not in the report. */
export function LeftOut({
  title,
  texts,
}: {
  readonly title: string;
  readonly texts: readonly { readonly text: string; readonly where?: string }[];
}) {
  if (texts.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <p className="flow-hint">{say("importLeftOutHint")}</p>
      <ul className="flow-left-out">
        {texts.map(({ text, where }, i) => (
          <li key={i}>
            {where && <span className="flow-hint">{where}</span>} {text}
          </li>
        ))}
      </ul>
    </details>
  );
}

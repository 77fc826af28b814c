/** Lists that may be as long as a province has organs: what is folded is not there, and of what is open a part at a time. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import type { Message } from "../../../src/basics/finding.ts";
import { inLanguage } from "../i18n.ts";
import { say } from "./texts.ts";

export const messageText = ({ zh, en }: Message): string => inLanguage([zh, en]);

/** So many are shown at once. */
const SHOWN = 100;

/** What is folded away, and made once it is opened. */
export function Folded({ title, children }: { readonly title: string; readonly children: () => ComponentChildren }) {
  const open = useSignal(false);
  return (
    <details
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>{title}</summary>
      {open.value && children()}
    </details>
  );
}

/** A list of which more is shown when it is asked for. */
export function Windowed<T>(props: {
  readonly items: readonly T[];
  readonly item: (item: T) => JSX.Element;
  readonly ordered?: boolean;
}) {
  const { items, item, ordered = false } = props;
  const shown = useSignal(SHOWN);
  const part = items.slice(0, shown.value).map(item);
  return (
    <>
      {ordered ? <ol>{part}</ol> : <ul>{part}</ul>}
      {items.length > shown.value && (
        <p>
          <button
            type="button"
            className="flow-link"
            onClick={() => {
              shown.value += SHOWN;
            }}
          >
            {say("showMore", { shown: shown.value, count: items.length })}
          </button>
        </p>
      )}
    </>
  );
}

/** What is there of a list, folded away. */
export function Listed({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return <Folded title={title}>{() => <Windowed items={lines} item={(line) => <li key={line}>{line}</li>} />}</Folded>;
}

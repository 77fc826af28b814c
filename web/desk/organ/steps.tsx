import type { SeenEvent } from "../../../src/office/sight.ts";
import { t } from "./texts.ts";

/** What happened to it, the latest first, with what was said. */
export function Steps({ events }: { readonly events: readonly SeenEvent[] }) {
  return (
    <section>
      <h3>{t("steps")}</h3>
      {events.length === 0 && <p>{t("noSteps")}</p>}
      <ol class="desk-steps" reversed>
        {events.toReversed().map(({ number, kind, at, comment, comments = [] }) => (
          <li key={number} value={number}>
            <b>{t(kind)}</b> <time dateTime={at}>{at.slice(0, 16).replace("T", " ")}</time>
            {comment && <p class="desk-said">{comment}</p>}
            {comments.map(({ text, pointer }) => (
              <p key={pointer} class="desk-said">
                {text}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { useEffect, useRef } from "preact/hooks";
import type { PreviewFile } from "./preview-model.ts";

/** The PDF in the browser's own viewer. The next one is loaded behind the one that is seen, and takes its place when it is there. */
export function Viewer({
  file,
  page,
  title,
}: {
  readonly file: Pick<PreviewFile, "url">;
  readonly page: number;
  readonly title: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const next = document.createElement("iframe");
    const active = document.activeElement;
    next.title = title;
    next.className = "flow-preview-frame flow-preview-next";
    next.src = `${file.url}#page=${page}&toolbar=0&navpanes=0`;
    next.addEventListener("load", () => {
      for (const frame of box.current?.querySelectorAll("iframe") ?? []) if (frame !== next) frame.remove();
      next.className = "flow-preview-frame";
      // A viewer may take the focus when it is ready; who was typing goes on typing.
      if (document.activeElement === next && active instanceof HTMLElement && active !== next) active.focus();
    });
    box.current?.append(next);
    return () => {
      // One that never came to be seen.
      if (next.classList.contains("flow-preview-next")) next.remove();
    };
  }, [file.url, page, title]);
  return <div ref={box} className="flow-preview-viewer" />;
}

import { openFonts } from "../render/pdf/fonts.ts";
import { checkFile } from "./check.ts";
import { readOrgans } from "./organs.ts";
import type { Answer } from "./pool.ts";
import { StoppedError } from "./problems.ts";
import { readFile } from "./read.ts";
import type { Settings, Task } from "./settings.ts";

/** What a thread does: tasks, one after another, with what it opened once. */
export function worker(settings: Settings): (task: Task) => Promise<Answer> {
  const { organs, fonts } = settings;
  const organList = organs && readOrgans(organs.bytes, organs.name);
  const faces = openFonts(fonts);
  return async (task) => {
    try {
      const line =
        task.step === "read"
          ? await readFile(task, { ...settings, organList })
          : await checkFile(task, { ...settings, faces });
      return line ? { line } : {};
    } catch (error) {
      if (error instanceof StoppedError) return { stopped: [error.message, error.messageEn] };
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  };
}

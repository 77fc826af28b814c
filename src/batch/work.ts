import type { Message } from "../confined/message.ts";
import { isOutOfMemory } from "../confined/worker.ts";
import { openFonts } from "../fonts/fonts.ts";
import type { Beginning } from "./beginning.ts";
import { type CheckContext, checkFile } from "./check.ts";
import { readOrgans } from "./organs.ts";
import { type ReadContext, readFile } from "./read.ts";
import { type Answer, encodeAnswer } from "./results.ts";
import type { Task } from "./settings.ts";

type Context = ReadContext & CheckContext;

function contextOf({ settings, organs: name }: Beginning, bytes: Uint8Array): Context {
  const organs = name === undefined ? undefined : { name, bytes };
  return {
    ...settings,
    ...(organs ? { organs } : {}),
    organList: organs && readOrgans(organs.bytes, organs.name),
    faces: openFonts(settings.fonts),
  };
}

async function answerTo(task: Task, context: Context): Promise<Answer> {
  try {
    const results = task.step === "read" ? await readFile(task, context) : await checkFile(task, context);
    return results ? { results } : {};
  } catch (error) {
    if (isOutOfMemory(error)) return { memory: true };
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** What a process does: begins with the settings, then tasks, one after another, with what it opened once. It writes nothing. */
export function worker(): (message: Message) => Promise<Message> {
  let context: Context | undefined;
  return async ({ head, body }) => {
    const asked = head as Beginning | Task;
    if (asked.step === "begin") {
      context = contextOf(asked, body);
      return encodeAnswer({});
    }
    if (!context) throw new Error("a task before the settings");
    return encodeAnswer(await answerTo(asked, context));
  };
}

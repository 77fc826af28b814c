import type { Command } from "commander";
import { say } from "./language.ts";
import { integerFrom } from "./option-values.ts";

/** How much of a store is worked on at a time, and where it goes on. */
export const progressOptions = (made: Command): Command =>
  made
    .option(
      "--jobs <n>",
      say(
        "用几个线程，默认与核数相同（oss、cos、obs 默认1个）",
        "how many threads, by default as many as there are cores (of oss, cos and obs one)",
      ),
      integerFrom(1),
    )
    .option("--fresh", say("不接着上次的，从头再来", "begin anew instead of going on"), false)
    .option(
      "--journal <file>",
      say(
        "进度记在哪个文件里，默认在用户的缓存目录；做完后删去",
        "the file in which progress is kept, by default in the user's cache; removed when all is done",
      ),
    );

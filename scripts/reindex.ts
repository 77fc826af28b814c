/** `nianbao reindex` by itself: for `npm run reindex`, and beside the plain server, which has no other commands. */
import { reindexCommand } from "../cli/commands/reindex.ts";
import { run } from "../cli/run.ts";

await run(reindexCommand());

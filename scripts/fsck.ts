/** `nianbao fsck` by itself: for `npm run fsck`, and beside the plain server, which has no other commands. */
import { fsckCommand } from "../cli/commands/fsck.ts";
import { run } from "../cli/run.ts";

await run(fsckCommand());

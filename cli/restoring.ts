import { storeFromEnvironment } from "../functions/store.ts";
import { type Backup, type Restored, restore } from "../src/fsck/restore.ts";
import { backupIn } from "./backup-folder.ts";
import { EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { printJson } from "./output.ts";
import { withStore } from "./store.ts";

interface Options {
  readonly region?: string;
  readonly endpoint?: string;
  readonly parallel: number;
  readonly json: boolean;
}

/** The backup's bucket, reached as the store is but for what is said. */
function backupOf(from: string, { region, endpoint }: Options): Backup {
  const bucket = /^s3:\/\/([^/]+)\/?$/.exec(from)?.[1];
  if (bucket === undefined) return backupIn(from);
  return storeFromEnvironment({
    bucket,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);

/** Copies back what a backup has, and says what it did. */
export async function restoreFrom(from: string, options: Options): Promise<void> {
  const onProgress = ({ written, there, bytes }: Restored): void =>
    console.error(
      say(
        `拷回${written}个（${mebibytes(bytes)} MiB），已有${there}个……`,
        `${written} copied (${mebibytes(bytes)} MiB), ${there} there already …`,
      ),
    );
  const done = await withStore((store) =>
    restore(backupOf(from, options), store, { concurrency: options.parallel, onProgress }),
  );
  if (options.json) printJson(done);
  else {
    for (const key of done.differing)
      console.log(say(`不同  ${key}  与备份不同，没有动`, `differs  ${key}  is not as in the backup, and was left`));
    console.log(
      say(
        `拷回${done.written}个对象（${mebibytes(done.bytes)} MiB），已有${done.there}个，不同${done.differing.length}个。接着运行 nianbao reindex 和 nianbao fsck --mend。`,
        `${done.written} objects copied (${mebibytes(done.bytes)} MiB), ${done.there} there already, ${done.differing.length} differ. Run nianbao reindex and nianbao fsck --mend next.`,
      ),
    );
  }
  process.exitCode = done.differing.length > 0 ? EXIT.wrong : EXIT.well;
}

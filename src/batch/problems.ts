import { ExplainedError } from "../basics/explained-error.ts";
import type { Finding, Level } from "../basics/finding.ts";
import { shortened, visible } from "../basics/visible.ts";
import { IMPORTED, listed } from "../formats/registry.ts";

/** The journal of the folder of results is not one. */
export class JournalError extends ExplainedError {
  constructor(path: string) {
    super(
      `${path}不是本程序这一版能接着用的进度记录；请换一个结果目录（-o）`,
      `${path} is no journal that this version can go on with; choose another folder of results (-o)`,
    );
  }
}

/** The folder of results holds what no run wrote. */
export class ForeignFolderError extends ExplainedError {
  constructor(path: string) {
    super(
      `目录${path}里有别的文件；请用 -o 指定一个空的或不存在的目录`,
      `${path} holds other files; name an empty or a new folder with -o`,
    );
  }
}

/** Another run works in the folder of results. */
export class InUseError extends ExplainedError {
  constructor(path: string, process: number) {
    super(`另一个批量处理（进程${process}）正在使用${path}`, `another batch (process ${process}) is using ${path}`);
  }
}

/** There is nothing to check. */
export class EmptyFolderError extends ExplainedError {
  constructor(path: string) {
    super(
      `目录${path}里没有可以当作报告读取的文件（${listed(IMPORTED).zh}）`,
      `${path} has no files that could be reports (${listed(IMPORTED).en})`,
    );
  }
}

/** The list of organs cannot be used. */
export class OrgansError extends ExplainedError {}

/** What keeps a run from going on at all: a full disk, a server that is not there, a token that is not taken. */
export class StoppedError extends ExplainedError {}

const finding = (id: string, level: Level, message: string, messageEn: string): Finding => ({
  id,
  level,
  message,
  messageEn,
  cells: [],
});

const several = (paths: readonly string[], separator: string): string =>
  paths
    .slice(0, 5)
    .map((path) => visible(shortened(path, 120)))
    .join(separator) + (paths.length > 5 ? "…" : "");

/** What a run finds that no check of one report can find (`B-*`). */
export const problems = {
  /** No report could be made of the file. */
  unreadable: (zh: string, en: string) => finding("B-UNREADABLE", "error", zh, en),
  /** The program failed, not the file. */
  crashed: (why: string) =>
    finding(
      "B-FAILED",
      "error",
      `处理这个文件时程序出错（${visible(shortened(why, 200))}），其他文件不受影响；再次运行会重试`,
      `The program failed on this file (${visible(shortened(why, 200))}), on no other; the next run tries again`,
    ),
  timeout: (seconds: number) =>
    finding(
      "B-TIMEOUT",
      "error",
      `处理这个文件超过${seconds}秒，已放弃，其他文件不受影响；再次运行会重试，可用 --timeout 放宽`,
      `This file took more than ${seconds} s and was given up, no other was; the next run tries again, --timeout allows more`,
    ),
  memory: (megabytes: number) =>
    finding(
      "B-MEMORY",
      "error",
      `处理这个文件需要的内存超过${megabytes} MB，已放弃，其他文件不受影响；再次运行会重试，可用 --memory 放宽`,
      `This file needed more than ${megabytes} MB and was given up, no other was; the next run tries again, --memory allows more`,
    ),
  tooMuch: (megabytes: number) =>
    finding(
      "B-MEMORY",
      "error",
      `由这个文件得出的内容超过${megabytes} MB，已放弃，其他文件不受影响`,
      `What was made of this file exceeds ${megabytes} MB and was given up, no other was`,
    ),
  /** The report says no code, and its organ's name is not on the list, if there is one. */
  coded: (name: string, code: string) =>
    finding(
      "B-CODE",
      "information",
      `文件没有写统一社会信用代码，按名单中的“${visible(shortened(name, 60))}”取${code}`,
      `The file says no code; taken from the list of organs: ${code}, ${visible(shortened(name, 60))}`,
    ),
  otherCode: (name: string, code: string) =>
    finding(
      "B-CODE",
      "error",
      `报告的统一社会信用代码与名单不同：名单中“${visible(shortened(name, 60))}”是${code}`,
      `The report's code is not the list's, which has ${code} for ${visible(shortened(name, 60))}`,
    ),
  notListed: () => finding("B-UNLISTED", "warning", "名单中没有这个机关", "The organ is not on the list"),
  duplicate: (paths: readonly string[]) =>
    finding(
      "B-DUPLICATE",
      "error",
      `同一机关同一年度有内容不同的文件：${several(paths, "、")}；确定以哪一份为准之前都不排版、不提交`,
      `Other files of this organ and year differ from it: ${several(paths, ", ")}; none is rendered or submitted until one is chosen`,
    ),
  same: (path: string) =>
    finding(
      "B-DUPLICATE",
      "information",
      `与同一机关的${several([path], "")}内容相同，只处理那一份`,
      `The same report as ${several([path], "")} of this organ, which is the one that counts`,
    ),
  /** There are several reports of last year, and nobody said which of them counts. */
  previous: (paths: readonly string[]) =>
    finding(
      "B-PREVIOUS",
      "information",
      `上一年度的报告有内容不同的几份（${several(paths, "、")}），未作比对`,
      `There are several reports of last year (${several(paths, ", ")}) that differ; none was compared with`,
    ),
  /** The server's answer to a submission. */
  conflict: (version: number) =>
    finding(
      "B-CONFLICT",
      "error",
      `已公布的是另一份内容（第${version}版），没有覆盖；须走更正程序`,
      `Another report (version ${version}) is published, and was not overwritten; file a correction`,
    ),
  refused: (status: number, zh: string, en: string) =>
    finding(
      "B-REFUSED",
      "error",
      `服务没有公布这份报告（${status}）：${visible(shortened(zh, 300))}`,
      `The server did not publish the report (${status}): ${visible(shortened(en, 300))}`,
    ),
  assumed: (ids: readonly string[]) =>
    finding(
      "B-ASSUMED",
      "warning",
      `导入时有推定（${ids.join("、")}），核实后以 --accept-assumptions 再运行才提交`,
      `The import assumed something (${ids.join(", ")}); run again with --accept-assumptions to submit it once it is verified`,
    ),
} as const;

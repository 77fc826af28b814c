import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Finding } from "../basics/finding.ts";
import { sha256 } from "../basics/hash.ts";
import type { Receipt } from "../publish/record.ts";
import type { Book, Entry } from "./book.ts";
import type { FileId, SubmitLine } from "./journal.ts";
import { problems, StoppedError } from "./problems.ts";
import { IMPORTED } from "./settings.ts";

/** What a server answers to a submission, its own trying again included. */
export interface ServerAnswer {
  readonly status: number;
  /** The receipt, or a problem document (RFC 9457). */
  readonly body: unknown;
}

/** Where reports go. */
export interface Server {
  readonly url: string;
  /**
   * `POST /reports`.
   * @throws Error when there is no answer
   */
  submit(report: unknown, idempotencyKey: string): Promise<ServerAnswer>;
}

export interface Submission {
  readonly server: Server;
  /** Whether reports are sent whose import assumed something, e.g. that a blank is 0. */
  readonly acceptAssumptions: boolean;
}

/** A report that may be sent. */
export interface SubmitTask {
  readonly id: FileId;
  readonly key: string;
  readonly year: number;
  readonly report: string;
  readonly assumed: readonly string[];
}

/** The sound reports, earlier years first: the server compares with the year before. */
export function submissions(
  ids: readonly FileId[],
  book: Book,
  { server, acceptAssumptions }: Submission,
): SubmitTask[] {
  const task = (id: FileId, { read, check }: Entry): SubmitTask[] => {
    if (check?.outcome !== "sound" || read?.report === undefined || read.year === undefined) return [];
    const { report, year, assumed } = read;
    const held = acceptAssumptions ? [] : assumed;
    return [{ id, year, report, assumed: held, key: sha256(canonicalJson({ url: server.url, report, held })) }];
  };
  return ids.flatMap((id) => task(id, book.get(id))).sort((a, b) => a.year - b.year);
}

type Outcome = Pick<SubmitLine, "outcome" | "version" | "url" | "findings">;

interface ProblemBody {
  readonly title?: string;
  readonly titleEn?: string;
  readonly detail?: string;
  readonly detailEn?: string;
  readonly findings?: readonly Finding[];
  readonly receipt?: Receipt;
}

function refused(status: number, body: ProblemBody): Outcome {
  if (status === 401)
    throw new StoppedError(
      `登录已失效或令牌不被接受：${body.detail ?? body.title ?? ""}。重新登录后再运行，从停下的地方继续`,
      `the token is not taken or has expired: ${body.detailEn ?? body.titleEn ?? ""}; sign in again and run once more, it goes on from here`,
    );
  const refusal = problems.refused(
    status,
    [body.title, body.detail].filter(Boolean).join("："),
    [body.titleEn, body.detailEn].filter(Boolean).join(": "),
  );
  if (status >= 500 || status === 408 || status === 429) return { outcome: "failed", findings: [refusal] };
  if (status === 409 && body.receipt)
    return { outcome: "refused", findings: [problems.conflict(body.receipt.version)] };
  return { outcome: "refused", findings: body.findings?.length ? [...body.findings, refusal] : [refusal] };
}

function published({ version, artefacts }: Receipt): Outcome {
  const page = artefacts.find(({ name }) => name === "report.html");
  return { outcome: "published", version, ...(page ? { url: page.url } : {}), findings: [] };
}

/**
 * Sends a report. The same report has the same key at every try, and a server that has it answers with its receipt.
 * @throws StoppedError when the token is not taken, and what the server's `submit` throws
 */
export async function submitReport(task: SubmitTask, out: string, { server }: Submission): Promise<SubmitLine> {
  const { id, key, report, assumed } = task;
  const line = (outcome: Outcome): SubmitLine => ({ step: "submit", id, key, ...outcome });
  if (assumed.length > 0) return line({ outcome: "held", findings: [problems.assumed(assumed)] });
  const value: unknown = JSON.parse(readFileSync(join(out, id, IMPORTED), "utf8"));
  const { status, body } = await server.submit(value, `batch-${report}`);
  return line(status < 300 ? published(body as Receipt) : refused(status, (body ?? {}) as ProblemBody));
}

import { type Action, authorize, type Caller } from "../authenticate/caller.ts";
import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import type { Place } from "../basics/place.ts";
import { shanghaiTime } from "../basics/shanghai-time.ts";
import type { Checked } from "../check/conclude.ts";
import { parseJson } from "../check/parse.ts";
import { getCell } from "../form/cells.ts";
import { isCode } from "../form/uscc.ts";
import { Gate } from "../office/gate.ts";
import { KeyReusedError } from "../publish/key-reused-error.ts";
import { mendPublic, type Published, publish, records } from "../publish/publish.ts";
import { type PublicationRecord, type RecordKind, recordKey } from "../publish/record.ts";
import { currentVersion } from "../publish/versions.ts";
import type { Store } from "../store/store.ts";
import { ClockError } from "./clock-error.ts";
import { type Context, type FilingContext, type FilingRequest, type Sender, senderOf } from "./context.ts";
import { proposeCorrection } from "./correction.ts";
import { NothingPublishedError } from "./nothing-published-error.ts";
import { proposeOriginal } from "./original.ts";
import type { Proposal } from "./proposal.ts";
import { readAhead } from "./read-ahead.ts";
import { proposeRedaction } from "./redaction.ts";
import type { Task } from "./task.ts";
import { proposeWithdrawal } from "./withdrawal.ts";

/** Times that a filing is tried while others take the numbers before it. */
const ATTEMPTS = 5;

/** What was checked, and what it became. */
export type Filed = Checked & { readonly published?: Published };

/** What a caller must be allowed to do, any of them. */
const ACTIONS = {
  original: ["file", "publish"],
  correction: ["correct", "publish"],
  withdrawal: ["withdraw"],
  redaction: ["withdraw"],
} as const satisfies Record<RecordKind, readonly Action[]>;

function authorizeFor(caller: Caller, kind: RecordKind, uscc: string): void {
  const [action, ...others] = ACTIONS[kind];
  authorize(caller, action, uscc, others);
}

/**
 * The one way through: authenticate → parse → `file`.
 * @throws AuthenticationError, IssuerUnavailableError, ForbiddenError, ParseError, NothingPublishedError, KeyReusedError,
 *   NotApprovedError
 */
export async function handleFiling(task: Task, request: FilingRequest, context: FilingContext): Promise<Filed> {
  const { caller, value } = await admitted(task, request, context);
  return file(task, value, senderOf(caller, request), context);
}

/**
 * The PDF that a filing would publish now, to the byte, with nothing kept; without it, why nothing would be.
 * @throws AuthenticationError, IssuerUnavailableError, ForbiddenError, ParseError, NothingPublishedError, ClockError
 */
export async function rehearse(
  task: Task,
  request: FilingRequest,
  context: FilingContext,
): Promise<Checked & { readonly pdf?: Uint8Array }> {
  const { value } = await admitted(task, request, context);
  const found = "place" in task ? await versionsAt(context.store, task.place) : [];
  const proposal = await propose(task, value, found, context);
  if (!("place" in proposal)) return proposal;
  const { checked, publishable } = proposal;
  if (!publishable || checked.unexplained.length > 0) return checked;
  const composed = await proposal.compose(found, timeAfter(found, context.now()));
  const pdf = "kind" in composed ? composed.files["report.pdf"] : undefined;
  return pdf ? { ...checked, pdf } : "kind" in composed ? checked : composed;
}

/** Who calls and what they say, once it is known that they may. */
async function admitted(
  task: Task,
  request: FilingRequest,
  context: FilingContext,
): Promise<{ readonly caller: Caller; readonly value: unknown }> {
  const caller = await context.authenticate(request.authorization);
  if ("place" in task) authorizeFor(caller, task.kind, task.place.uscc);
  const value = parseJson(await request.body());
  // A report without a sound code names no organ: the checks say so, and store nothing.
  const uscc = getCell(value, "/organ/uscc");
  if (task.kind === "original" && isCode(uscc)) authorizeFor(caller, "original", uscc);
  return { caller, value };
}

/**
 * validate → compare → find before → conflict → approved? → compose → typeset → render → sign → publish, for every kind of
 * filing. Whether it is approved is asked of a first version and a correction: what is taken back for privacy's sake waits
 * for nobody.
 * @throws NothingPublishedError, KeyReusedError, ClockError, NotApprovedError
 */
export async function file(task: Task, value: unknown, sender: Sender, world: Context): Promise<Filed> {
  const store = readAhead(world.store, task, value);
  const context = { ...world, store };
  const there = "place" in task ? await versionsAt(store, task.place) : undefined;
  const proposal = await propose(task, value, there ?? [], context);
  if (!("place" in proposal)) return proposal;
  const { uscc, year } = proposal.place;
  let found = there ?? (await records(store, uscc, year));
  for (let attempt = 1; ; attempt += 1) {
    const filed = await settle(proposal, found, sender, context);
    if (filed.published?.outcome !== "conflict" || attempt === ATTEMPTS) return filed;
    // Another record may have taken the number meanwhile, and need not be in the way: a redaction is in none.
    const now = await records(store, uscc, year);
    if (now.length === found.length) return filed;
    found = now;
  }
}

/** find before → conflict → approved? → compose → sign → publish, after the records that were found. */
async function settle(
  proposal: Proposal,
  found: readonly PublicationRecord[],
  sender: Sender,
  context: Context,
): Promise<Filed> {
  const { store, program } = context;
  const { checked, place, content } = proposal;
  const submission = sha256(canonicalJson(content));
  const before = await findPublished(store, found, submission, sender);
  if (before) return { ...checked, published: before };
  if (!proposal.publishable) return checked;
  const standing = proposal.conflict(found);
  if (standing) return { ...checked, published: { outcome: "conflict", record: standing } };
  if (checked.unexplained.length > 0) return checked;
  const gate = proposal.reviewed ? new Gate(context, place, found, submission) : undefined;
  await gate?.expectApproval();
  const publishedAt = timeAfter(found, context.now());
  const composed = await proposal.compose(found, publishedAt);
  if (!("kind" in composed)) return composed;
  // The last before the record: a return at the same time comes before it, or it comes before the return.
  const approval = await gate?.sign(sender.filedBy, publishedAt);
  const approved = approval ? { approval } : {};
  const publication = { ...composed, ...place, ...sender, ...approved, submission, publishedAt, program };
  return { ...checked, published: await publish(store, publication, found) };
}

/** The time of the record after the ones found. @throws ClockError when it would be before theirs */
function timeAfter(found: readonly PublicationRecord[], now: Date): string {
  const time = shanghaiTime(now);
  const latest = found.at(-1);
  if (latest && time < latest.publishedAt)
    throw new ClockError(time, latest.publishedAt, recordKey(latest.uscc, latest.year, latest.version));
  return time;
}

/** Every version of a place that has one. @throws NothingPublishedError */
async function versionsAt(store: Store, place: Place): Promise<readonly PublicationRecord[]> {
  const versions = await records(store, place.uscc, place.year);
  if (versions.length === 0) throw new NothingPublishedError(place);
  return versions;
}

/** What would become a record after those found, or why nothing can. */
function propose(
  task: Task,
  value: unknown,
  found: readonly PublicationRecord[],
  context: Context,
): Promise<Proposal | Checked> {
  switch (task.kind) {
    case "original":
      return proposeOriginal(value, context);
    case "correction":
      return proposeCorrection(value, task.place, found, context);
    case "withdrawal":
      return proposeWithdrawal(value, task.place, context);
    case "redaction":
      return proposeRedaction(value, task.place, found, context);
  }
}

/**
 * The version that this submission became when it came before, its public files in place.
 * @throws KeyReusedError when the sender's key stands for another submission
 */
async function findPublished(
  store: Store,
  found: readonly PublicationRecord[],
  submission: string,
  { idempotencyKey }: Sender,
): Promise<Published | undefined> {
  await mendPublic(store, found);
  const keyed = idempotencyKey === undefined ? undefined : found.find((r) => r.idempotencyKey === idempotencyKey);
  if (keyed && keyed.submission !== submission) throw new KeyReusedError(keyed);
  const record = keyed ?? found.find((r) => r.submission === submission);
  if (!record) return undefined;
  const standing = currentVersion(found);
  const superseded = record.kind !== "redaction" && standing && standing !== record ? { standing } : {};
  return { outcome: "unchanged", record, ...superseded };
}

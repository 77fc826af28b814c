/** What the pages ask of the service about a report on its way to publication: drafts, steps, proofs. */
import type { Report } from "../../../generated/report.ts";
import type { Finding } from "../../../src/basics/finding.ts";
import type { Place } from "../../../src/basics/place.ts";
import type { Kind, Remark, Role } from "../../../src/office/event.ts";
import type { Effective } from "../../../src/office/policy.ts";
import type { ProofFormat } from "../../../src/office/proof-formats.ts";
import type { SeenEvent } from "../../../src/office/sight.ts";
import type { State } from "../../../src/office/state.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import type { DraftReport, LastYearFile } from "../contract.ts";
import { type Answer, type Api, type ApiProblem, json, TIMEOUTS } from "./api.ts";

/** What a draft says, as this page keeps it with the service. */
export interface ServiceSubmission {
  readonly report: DraftReport;
  readonly reason?: string;
  readonly lastYear?: LastYearFile;
}

/** A draft as the service has it. */
export interface ServiceDraftAnswer {
  readonly submission: ServiceSubmission;
  readonly base: number | null;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly etag: string;
}

/** How a report stands on its way to publication, and what the caller may do. */
export interface OfficeAnswer extends Place {
  readonly draft: ServiceDraftAnswer | null;
  readonly state: State;
  readonly policy: Effective;
  readonly base: number | null;
  /** Of what was handed over last, where it may be read. */
  readonly content?: string;
  readonly events: readonly SeenEvent[];
  readonly may: readonly Kind[];
  readonly roles: readonly Role[];
}

/** What was handed over, with what the checks say of it. */
export interface ContentAnswer {
  readonly sha256: string;
  /** Sound: what is not is not handed over. */
  readonly report: DraftReport & Report;
  readonly explanations: Readonly<Record<string, string>>;
  readonly supersedes?: number;
  readonly reason?: string;
  readonly findings: readonly Finding[];
  readonly request: { readonly path: string; readonly body: unknown };
}

/** A step as it is sent. */
export interface Step {
  readonly kind: Kind;
  /** The number of the last event that was seen. */
  readonly after: number;
  readonly comment?: string;
  readonly comments?: readonly Remark[];
  readonly content?: string;
}

const at = ({ uscc, year }: Place, more = ""): string => `/drafts/${uscc}/${year}${more}`;
const JSON_BODY = { "content-type": "application/json" };

/** How a place stands. */
export const readOffice = (api: Api, place: Place): Promise<Answer<OfficeAnswer>> =>
  api.signed(at(place), null, TIMEOUTS.read, json<OfficeAnswer>, {}, undefined, "GET");

/** Saves a draft in the place of the one that it was made from; without one, where there is none. */
export const saveOffice = (
  api: Api,
  place: Place,
  content: Pick<ServiceDraftAnswer, "submission" | "base">,
  etag: string | undefined,
): Promise<Answer<{ readonly draft: ServiceDraftAnswer }>> => {
  const condition = etag === undefined ? { "if-none-match": "*" } : { "if-match": etag };
  const body = JSON.stringify(content);
  return api.signed(
    at(place),
    body,
    TIMEOUTS.publish,
    json<{ draft: ServiceDraftAnswer }>,
    { ...JSON_BODY, ...condition },
    undefined,
    "PUT",
  );
};

/** How things stand where another came first: what a 409 or 412 of the office has with it. */
export const officeIn = (problem: ApiProblem): OfficeAnswer | undefined =>
  (problem as ApiProblem & { readonly office?: OfficeAnswer }).office;

/** Takes a step. @param etag of the draft that is handed over */
export const addStep = (api: Api, place: Place, step: Step, etag?: string): Promise<Answer<unknown>> =>
  api.signed(at(place, "/events"), JSON.stringify(step), TIMEOUTS.publish, json<unknown>, {
    ...JSON_BODY,
    ...(etag === undefined ? {} : { "if-match": etag }),
  });

export const readContent = (api: Api, place: Place, hash: string): Promise<Answer<ContentAnswer>> =>
  api.signed(at(place, `/contents/${hash}`), null, TIMEOUTS.read, json<ContentAnswer>, {}, undefined, "GET");

/** The proof of what was handed over, for paper. */
export const readProof = (api: Api, place: Place, format: ProofFormat, hash: string): Promise<Answer<Blob>> =>
  api.signed(
    at(place, `/proof?format=${format}&content=${hash}`),
    null,
    TIMEOUTS.preview,
    (r) => r.blob(),
    {},
    undefined,
    "GET",
  );

/** Publishes what was approved, as it was approved. */
export const signOff = (api: Api, { request }: ContentAnswer, key: string): Promise<Answer<Receipt>> =>
  api.signed(request.path, JSON.stringify(request.body), TIMEOUTS.publish, json<Receipt>, {
    ...JSON_BODY,
    "idempotency-key": key,
  });

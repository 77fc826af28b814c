import { batch, signal } from "@preact/signals";
import type { Report } from "../../../generated/report.ts";
import type { Finding } from "../../../src/basics/finding.ts";
import type { Place } from "../../../src/basics/place.ts";
import type { DeskRow } from "../../../src/desk/rows.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import type { Answer } from "../../filing/flow/api.ts";
import { addStep, type OfficeAnswer, readContent, readOffice, readProof } from "../../filing/flow/office-api.ts";
import { publishedReports } from "../../filing/model/sources.ts";
import type { Desk } from "../desk.ts";
import { t } from "./texts.ts";

/** One thing that can be looked at: what was handed over, or what is published. */
export interface Document {
  readonly kind: "handedOver" | "published";
  readonly report: Report | undefined;
  readonly findings: readonly Finding[];
  /** By rule; undefined where they are not for this account. */
  readonly explanations: Readonly<Record<string, string>> | undefined;
  readonly version?: number;
  /** The typeset pages, and the page that readers get. */
  readonly pdf: () => Promise<Answer<Blob>>;
  readonly page?: string;
}

/** One organ as it is looked at: its documents, its steps, what may be done. */
export class OrganModel {
  readonly desk: Desk;
  readonly row: DeskRow;
  readonly year: number;
  readonly office = signal<OfficeAnswer | undefined>(undefined);
  readonly documents = signal<readonly Document[] | undefined>(undefined);
  readonly trouble = signal("");
  readonly done = signal("");

  constructor(desk: Desk, row: DeskRow) {
    this.desk = desk;
    this.row = row;
    this.year = desk.data.peek()!.year;
  }

  get #place(): Place {
    return { uscc: this.row.uscc, year: this.year };
  }

  async load(): Promise<void> {
    const office = await readOffice(this.desk.api, this.#place);
    const handedOver = office.kind === "ok" ? await this.#handedOver(office.value) : undefined;
    const published = this.row.version === undefined ? undefined : await this.#published();
    batch(() => {
      this.trouble.value = office.kind === "ok" ? "" : t("notFetched", { reason: this.desk.why(office) });
      this.office.value = office.kind === "ok" ? office.value : undefined;
      this.documents.value = [handedOver, published].filter((each) => each !== undefined);
    });
  }

  async #handedOver({ content, state }: OfficeAnswer): Promise<Document | undefined> {
    // What was published is looked at as it is published.
    if (content === undefined || state === "published") return undefined;
    const answer = await readContent(this.desk.api, this.#place, content);
    // Until the organ agreed, what is in it is the organ's alone.
    if (answer.kind !== "ok") return undefined;
    const { report, findings, explanations } = answer.value;
    const pdf = () => readProof(this.desk.api, this.#place, "pdf", content);
    return { kind: "handedOver", report, findings, explanations, pdf };
  }

  async #published(): Promise<Document | undefined> {
    const { api, publicUrl } = this.desk;
    const { uscc, year } = this.#place;
    const [receipt, report] = await Promise.all([api.receipt({ uscc, year }), this.report(year)]);
    if (receipt.kind !== "ok") return undefined;
    const { version, findings, explanations }: Receipt = receipt.value;
    const at = `${publicUrl}/${uscc}/${year}`;
    return {
      kind: "published",
      version,
      report,
      findings,
      explanations,
      pdf: () => api.download(`${at}/v${version}/report.pdf`),
      page: `${at}/v${version}/report.html`,
    };
  }

  /** A published report; undefined where there is none, or it cannot be had. */
  report(year: number): Promise<Report | undefined> {
    const found = publishedReports(this.desk.publicUrl)(this.row.uscc, year, AbortSignal.timeout(15_000));
    return found.catch(() => undefined);
  }

  /** Adds an event of one's own, and looks again at what there is. */
  async decide(kind: "return" | "clear", comment: string): Promise<void> {
    const { events, content } = this.office.peek()!;
    const answer = await addStep(this.desk.api, this.#place, {
      kind,
      after: events.at(-1)?.number ?? 0,
      ...(comment === "" ? {} : { comment }),
      ...(kind === "clear" && content ? { content } : {}),
    });
    if (answer.kind === "ok") {
      this.done.value = t(kind === "return" ? "returned" : "cleared");
      void this.desk.reload();
    }
    await this.load();
    if (answer.kind !== "ok") this.trouble.value = t("notDone", { reason: this.desk.why(answer) });
  }
}

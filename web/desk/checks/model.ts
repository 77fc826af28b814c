import { computed, signal } from "@preact/signals";
import type { Finding, Level } from "../../../src/basics/finding.ts";
import type { CheckedOrgan, Checks } from "../../../src/desk/checks.ts";
import type { Answer } from "../../filing/flow/api.ts";
import type { Desk } from "../desk.ts";
import type { AlikeAnswer, AlikeQuestion } from "./alike.worker.ts";
import { t } from "./texts.ts";

/** A rule that found something in what is published. */
export interface RuleFound {
  readonly id: string;
  readonly level: Level;
  readonly findings: number;
  readonly organs: readonly CheckedOrgan[];
  readonly explained: number;
  readonly example: Finding;
}

export interface Pair {
  readonly a: string;
  readonly b: string;
  readonly share: number;
}

const LEVELS: readonly Level[] = ["error", "warning", "information"];

/** Rules by how grave they are, then by how many organs they are about. */
export function byRule(organs: readonly CheckedOrgan[]): readonly RuleFound[] {
  const rules = new Map<string, { findings: number; organs: CheckedOrgan[]; explained: number; example: Finding }>();
  for (const organ of organs)
    for (const finding of organ.findings) {
      const rule = rules.get(`${finding.id} ${finding.level}`);
      if (!rule) {
        const explained = organ.explained.includes(finding.id) ? 1 : 0;
        rules.set(`${finding.id} ${finding.level}`, { findings: 1, organs: [organ], explained, example: finding });
        continue;
      }
      rule.findings += 1;
      if (rule.organs.at(-1) === organ) continue;
      rule.organs.push(organ);
      if (organ.explained.includes(finding.id)) rule.explained += 1;
    }
  return [...rules.values()]
    .map((rule): RuleFound => ({ ...rule, id: rule.example.id, level: rule.example.level }))
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || b.organs.length - a.organs.length);
}

/** What of everything published is looked at together. */
export class ChecksModel {
  readonly desk: Desk;
  readonly organs = signal<readonly CheckedOrgan[]>([]);
  readonly done = signal(false);
  readonly trouble = signal("");
  readonly rules = computed(() => byRule(this.organs.value));
  readonly pairs = signal<readonly Pair[] | undefined>(undefined);
  readonly comparing = signal<{ readonly done: number; readonly all: number } | undefined>(undefined);
  readonly unread = signal(0);
  readonly compareTrouble = signal("");
  /** Whom there is something to write to. */
  readonly noticed = computed(() => {
    const alike = new Set(this.pairs.value?.flatMap(({ a, b }) => [a, b]));
    return this.organs.value.filter(
      ({ uscc, findings }) => alike.has(uscc) || findings.some(({ level }) => level !== "information"),
    );
  });
  #worker: Worker | undefined;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async load(): Promise<void> {
    const { division, year } = this.desk.data.peek()!;
    for (let after = ""; ; ) {
      const query = after === "" ? "" : `?after=${after}`;
      const answer: Answer<Checks> = await this.desk.api.ask<Checks>("GET", `/checks/${division}/${year}${query}`);
      if (answer.kind !== "ok") {
        this.trouble.value = t("notFetched", { reason: this.desk.why(answer) });
        return;
      }
      this.organs.value = [...this.organs.peek(), ...answer.value.organs];
      if (answer.value.next === undefined) break;
      after = answer.value.next;
    }
    this.done.value = true;
  }

  /** Compares the narratives in a thread of their own: the page goes on meanwhile. */
  compare(): void {
    if (this.#worker) return;
    const organs = this.organs.peek().map(({ uscc, version }) => ({ uscc, version }));
    this.comparing.value = { done: 0, all: organs.length };
    this.compareTrouble.value = "";
    const worker = new Worker("/desk/alike.worker.js", { type: "module" });
    this.#worker = worker;
    const end = (): void => {
      worker.terminate();
      this.#worker = undefined;
      this.comparing.value = undefined;
    };
    worker.addEventListener("message", ({ data }: MessageEvent<AlikeAnswer>) => {
      if (data.kind === "read") this.comparing.value = data;
      else {
        this.pairs.value = data.pairs;
        this.unread.value = data.unread;
        end();
      }
    });
    worker.addEventListener("error", ({ message }) => {
      this.compareTrouble.value = t("compareFailed", { reason: message });
      end();
    });
    const { year } = this.desk.data.peek()!;
    worker.postMessage({ publicUrl: this.desk.publicUrl, year, organs } satisfies AlikeQuestion);
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** Where the notice to an organ is made, with those it is alike to. */
  noticePath(uscc: string, format: "docx" | "html"): string {
    const { year } = this.desk.data.peek()!;
    const alike = (this.pairs.peek() ?? [])
      .flatMap(({ a, b }) => (a === uscc ? [b] : b === uscc ? [a] : []))
      .slice(0, 3);
    return `/notices/${uscc}/${year}?format=${format}${alike.length > 0 ? `&alike=${alike.join(".")}` : ""}`;
  }
}

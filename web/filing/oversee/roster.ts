/** A roster in the making: the organs as they are typed, and what the checks of `src/roster` say of them. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Finding } from "../../../src/basics/finding.ts";
import { checkRoster } from "../../../src/roster/check.ts";
import { comparedName, type Roster } from "../../../src/roster/roster.ts";
import { rosterSchema } from "../../../src/roster/schema.ts";
import type { Answer, Api } from "../flow/api.ts";
import type { Pair } from "../i18n.ts";

/** An organ as it is typed: what it has need not be sound. */
export type TypedOrgan = Readonly<Record<string, unknown>>;

/** What an organ has, in the order of the schema. */
export interface Property {
  readonly key: string;
  readonly title: Pair;
  readonly description: string | undefined;
  /** Several texts, one beside another. */
  readonly several: boolean;
  readonly choices: readonly string[] | undefined;
}

interface Node {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
}

/** What the schema has in Chinese alone. */
const ENGLISH: Readonly<Record<string, string>> = {
  uscc: "Unified social credit code",
  name: "Name",
  formerNames: "Former names",
  kind: "Kind",
  superior: "Superior",
  division: "Division",
  since: "Founded on",
  until: "Dissolved on",
  mergedInto: "Merged into",
  splitFrom: "Split from",
  deadline: "Deadline",
};

const { $defs } = rosterSchema() as unknown as {
  readonly $defs: { readonly organ: { readonly properties: Readonly<Record<string, Node>> } };
};
export const PROPERTIES: readonly Property[] = Object.entries($defs.organ.properties).map(
  ([key, { title = key, description, type, enum: choices }]) => ({
    key,
    title: [title, ENGLISH[key] ?? title],
    description,
    several: type === "array",
    choices,
  }),
);

/** What a property of an organ is in a field. */
export const typedText = (value: unknown): string =>
  Array.isArray(value) ? value.join("、") : typeof value === "string" ? value : "";

/** What is kept of a field; undefined where it is empty. */
function keptOf({ several, key }: Property, text: string): unknown {
  if (several) {
    const parts = text.split(/[、,，]/).map((part) => part.trim());
    return text.trim() === "" ? undefined : parts;
  }
  if (text === "") return undefined;
  return /^(?:uscc|superior|mergedInto|splitFrom)$/.test(key) ? comparedName(text).toUpperCase() : text;
}

/** What was saved. */
export interface Saved {
  readonly version: number;
}

/** ms from a change to the checks: those of a province's 3,000 organs take too long for every key. */
const PAUSE = 200;

/** One division's roster while it is edited. */
export class RosterInWork {
  readonly division: string;
  readonly #version: Signal<number>;
  readonly organs: Signal<readonly TypedOrgan[]>;
  readonly #findings: Signal<readonly Finding[]>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** As they were fetched or saved last. */
  #saved: readonly TypedOrgan[];

  constructor({ division, version = 0, organs }: Roster) {
    this.division = division;
    this.#version = signal(version);
    this.organs = signal<readonly TypedOrgan[]>(organs.map((organ) => ({ ...organ })));
    this.#saved = this.organs.peek();
    this.#findings = signal(checkRoster(this.content).findings);
    let at = this.organs.peek();
    this.organs.subscribe((now) => {
      if (now === at) return;
      at = now;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#findings.value = checkRoster(this.content).findings;
      }, PAUSE);
    });
  }

  /** What the checks say of it, a moment after a change. */
  get findings(): ReadonlySignal<readonly Finding[]> {
    return this.#findings;
  }

  /** The one that it was made from; 0 where none was saved. */
  get version(): number {
    return this.#version.value;
  }

  /** Whether something was changed since. */
  get isChanged(): boolean {
    return this.organs.peek() !== this.#saved;
  }

  /** As it is sent and downloaded. */
  get content(): { readonly division: string; readonly version: number; readonly organs: readonly TypedOrgan[] } {
    return { division: this.division, version: this.#version.value, organs: this.organs.value };
  }

  set(at: number, property: Property, text: string): void {
    const value = keptOf(property, text);
    this.organs.value = this.organs.value.map((organ, i) => {
      if (i !== at) return organ;
      const { [property.key]: _, ...others } = organ;
      return value === undefined ? others : { ...others, [property.key]: value };
    });
  }

  /** @returns its place */
  add(): number {
    this.organs.value = [...this.organs.value, { kind: "department" }];
    return this.organs.value.length - 1;
  }

  /** Puts other organs in the place of all. */
  replace(organs: readonly TypedOrgan[]): void {
    this.organs.value = organs;
  }

  remove(at: number): void {
    this.organs.value = this.organs.value.filter((_, i) => i !== at);
  }

  async save(api: Api): Promise<Answer<Saved>> {
    const sent = this.content;
    const answer = await api.division<Saved>("PUT", `/rosters/${this.division}`, sent);
    if (answer.kind === "ok") {
      this.#version.value = answer.value.version;
      this.#saved = sent.organs;
    }
    return answer;
  }
}

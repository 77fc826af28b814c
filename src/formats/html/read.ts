import { factsOf, type OwnFacts, type OwnItem } from "../own-facts.ts";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether an article begins and ends as a page of this system does. */
function agrees(organ: string, items: readonly OwnItem[]): boolean {
  const [first, second] = items;
  return (
    first?.kind === "text" &&
    first.text === organ &&
    first.level === 1 &&
    second?.kind === "text" &&
    second.level === 1 &&
    items.some((item) => item.kind === "text" && item.role === "signature")
  );
}

/**
 * What a page of this system says of itself in its data block, if its text agrees.
 * @param blocks the page's `application/ld+json`
 * @param items what is in its article
 */
export function ownFacts(blocks: readonly string[], items: readonly OwnItem[]): OwnFacts | undefined {
  for (const block of blocks) {
    const data = parsed(block);
    if (!isObject(data) || data["@type"] !== "Report" || !isObject(data["creator"])) continue;
    const { name: organ, identifier: uscc } = data["creator"];
    const facts = factsOf({ organ, uscc, year: data["temporalCoverage"], signed: data["dateCreated"] });
    if (facts && agrees(facts.organ, items)) return facts;
  }
  return undefined;
}

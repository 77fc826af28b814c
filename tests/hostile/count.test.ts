import { describe, expect, it } from "vitest";
import { AMENDMENT_INPUTS, SEAL_INPUTS } from "../support/hostile-amendments.ts";
import { CHARACTER_INPUTS } from "../support/hostile-characters.ts";
import { EVENT_INPUTS } from "../support/hostile-events.ts";
import { NOT_JSON_INPUTS } from "../support/hostile-json.ts";
import { REPORT_INPUTS } from "../support/hostile-reports.ts";
import { REQUEST_INPUTS } from "../support/hostile-requests.ts";
import { SOCKET_INPUTS } from "../support/hostile-sockets.ts";
import { NAMES, PARAGRAPHS, REASONS } from "../support/hostile-texts.ts";
import { TOKEN_INPUTS } from "../support/hostile-tokens.ts";

const REFUSED = [
  NOT_JSON_INPUTS,
  REPORT_INPUTS,
  CHARACTER_INPUTS,
  REQUEST_INPUTS,
  AMENDMENT_INPUTS,
  SEAL_INPUTS,
  TOKEN_INPUTS,
  SOCKET_INPUTS,
  EVENT_INPUTS,
] as const;

describe("the hostile inputs", () => {
  it("are more than nine hundred that are refused, each described once", () => {
    const described = REFUSED.flatMap((inputs) => inputs.map(({ what }) => what));
    expect(described.length).toBeGreaterThan(900);
    expect(new Set(described).size).toBe(described.length);
  });

  it("are refused with 4xx, whatever they are", () => {
    for (const inputs of REFUSED)
      for (const input of inputs)
        for (const status of "status" in input ? [input.status] : input.statuses.filter((s) => s !== 100))
          expect(status >= 400 && status < 500, input.what).toBe(true);
  });

  it("are some fifty that are only text, and published", () => {
    const texts = [...PARAGRAPHS, ...NAMES, ...REASONS];
    expect(texts.length).toBeGreaterThanOrEqual(50);
    expect(new Set(PARAGRAPHS).size).toBe(PARAGRAPHS.length);
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });
});

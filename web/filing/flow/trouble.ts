import type { Answer } from "./api.ts";

type Reason = "reasonOffline" | "reasonTimeout" | "reasonNetwork";

/** Why something did not come to pass, in words. */
export function troubleText(answer: Answer<unknown>, say: (reason: Reason) => string, english: boolean): string {
  switch (answer.kind) {
    case "problem": {
      const { title, titleEn, detail, detailEn } = answer.problem;
      const parts = english ? [titleEn, detailEn ?? detail] : [title, detail ?? detailEn];
      return parts.filter(Boolean).join(english ? ": " : "：");
    }
    case "unreached":
      return say(
        answer.reason === "offline" ? "reasonOffline" : answer.reason === "timeout" ? "reasonTimeout" : "reasonNetwork",
      );
    default:
      return "";
  }
}

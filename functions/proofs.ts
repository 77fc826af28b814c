import type { Context } from "hono";
import type { Caller } from "../src/authenticate/caller.ts";
import { draftOf } from "../src/check/draft.ts";
import { contentProof, draftProof } from "../src/filing/proof.ts";
import { contentTypeOf, FORMATS } from "../src/formats/registry.ts";
import { readContent } from "../src/office/content.ts";
import { rolesOf } from "../src/office/moves.ts";
import { type Office, openOffice } from "../src/office/open.ts";
import { PROOF_FORMATS, type ProofFormat } from "../src/office/proof-formats.ts";
import { isOfOrgan, maySee } from "../src/office/sight.ts";
import { note, unprocessable } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { PRIVATE } from "./drafts.ts";
import type { Env } from "./env.ts";
import { admit } from "./office-view.ts";
import type { AppOptions } from "./options.ts";
import { expectSendable } from "./pdf-answer.ts";
import { notFound } from "./problem.ts";
import { contextOf, placeOf } from "./request.ts";

/** Proofs to circulate on paper. */
export function proofs(options: AppOptions): Pick<Handlers, "getProof"> {
  const { store, fonts, review = "none" } = options;

  /** The proof of what was handed over, or of the draft as it was saved. @throws ProblemError 404, 422 */
  async function proofOf(c: Context<Env>, office: Office, caller: Caller, format: ProofFormat): Promise<Uint8Array> {
    const roles = rolesOf(caller, office.uscc, office.standing.base);
    const hash = c.get("query")["content"];
    if (hash !== undefined) {
      const content = maySee(roles, hash, office) ? await readContent(store, office, hash) : undefined;
      if (content === undefined) throw notFound(c.req.path);
      return contentProof(content, office.records, format, options);
    }
    if (!office.draft || !isOfOrgan(roles)) throw notFound(c.req.path);
    const made = draftOf(office.draft.draft.submission?.report);
    if ("findings" in made) throw unprocessable(made, "original");
    return draftProof(made.draft, format, fonts);
  }

  return {
    getProof: async (c) => {
      const place = placeOf(c);
      note(c, place);
      const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
      admit(caller, place.uscc);
      const format = PROOF_FORMATS.find((name) => name === c.get("query")["format"]) ?? "pdf";
      const bytes = await proofOf(c, await openOffice(store, place, review), caller, format);
      expectSendable(bytes);
      note(c, { outcome: "proved" });
      return c.body(new Uint8Array(bytes), 200, {
        ...PRIVATE,
        "content-type": contentTypeOf(FORMATS.find(({ name }) => name === format)!),
        "content-disposition": `attachment; filename="${place.uscc}-${place.year}-proof.${format}"`,
      });
    },
  };
}

import { check } from "../src/filing/check.ts";
import { partsOf, readContent, requestFor } from "../src/office/content.ts";
import { rolesOf } from "../src/office/moves.ts";
import { openOffice } from "../src/office/open.ts";
import { maySee } from "../src/office/sight.ts";
import { currentVersion } from "../src/publish/versions.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { PRIVATE } from "./drafts.ts";
import { admit } from "./office-view.ts";
import type { AppOptions } from "./options.ts";
import { notFound } from "./problem.ts";
import { contextOf, placeOf } from "./request.ts";

/** What was handed over, as whoever has to decide on it reads it. */
export function contents(options: AppOptions): Pick<Handlers, "getContent"> {
  const { store, review = "none" } = options;
  return {
    getContent: async (c) => {
      const place = placeOf(c);
      note(c, place);
      const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
      admit(caller, place.uscc);
      const hash = c.req.param("sha256") ?? "";
      const office = await openOffice(store, place, review);
      const roles = rolesOf(caller, place.uscc, office.standing.base);
      // What one may not see is answered as what is not there.
      const content = maySee(roles, hash, office) ? await readContent(store, place, hash) : undefined;
      if (content === undefined) throw notFound(c.req.path);
      const request = requestFor(place, content);
      const { report, explanations, ...more } = partsOf(content);
      const { findings, unexplained } = await check(
        { ...report, explanations },
        options,
        more.supersedes === undefined ? undefined : currentVersion(office.records),
      );
      note(c, { outcome: "read" });
      return c.json({ sha256: hash, report, explanations, ...more, findings, unexplained, request }, 200, PRIVATE);
    },
  };
}

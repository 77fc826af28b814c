import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { PRIVATE } from "./drafts.ts";
import type { AppOptions } from "./options.ts";
import { contextOf } from "./request.ts";

/** What the caller's own token says, as the service understood it. */
export function me(options: AppOptions): Pick<Handlers, "getMe"> {
  return {
    getMe: async (c) => {
      const { filer, organs, divisions, actions } = await contextOf(c, options).authenticate(
        c.req.header("authorization"),
      );
      note(c, { outcome: "read" });
      return c.json({ ...filer, organs, divisions, actions }, 200, PRIVATE);
    },
  };
}

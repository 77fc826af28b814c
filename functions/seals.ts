import { authorize } from "../src/authenticate/caller.ts";
import { keepSeal } from "../src/filing/seal.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import type { AppOptions } from "./options.ts";
import { contextOf } from "./request.ts";

/** The seals that organs leave for their reports. */
export function seals(options: AppOptions): Pick<Handlers, "putSeal"> {
  return {
    putSeal: async (c) => {
      const uscc = c.req.param("uscc") ?? "";
      note(c, { uscc });
      authorize(await contextOf(c, options).authenticate(c.req.header("authorization")), "seal", uscc);
      const { width, height } = await keepSeal(options.store, uscc, await readBody(c));
      note(c, { outcome: "sealed" });
      return c.json({ uscc, width, height });
    },
  };
}

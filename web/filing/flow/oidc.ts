import type { User, UserManager } from "oidc-client-ts";
import type { FilingConfiguration } from "../../../src/filing/configuration.ts";
import { isCode } from "../../../src/form/uscc.ts";
import { openAnew } from "../anew.ts";
import type { Account, Authenticator } from "./session.ts";

/** What is kept in this tab's sessionStorage. */
const PREFIX = "nianbao.oidc.";

/** Where in the page one was when one left to sign in: the issuer leads back to the page, not to the step. */
const STEP = "nianbao.step";

/** Whether this tab has signed in before. */
const hasUser = (): boolean => Object.keys(sessionStorage).some((key) => key.startsWith(`${PREFIX}user:`));

async function createManager({ issuer, clientId, scope }: FilingConfiguration, page: URL): Promise<UserManager> {
  const { UserManager, WebStorageStateStore } = await import("oidc-client-ts");
  const storage = new WebStorageStateStore({ store: sessionStorage, prefix: PREFIX });
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: page.href,
    post_logout_redirect_uri: page.href,
    userStore: storage,
    stateStore: storage,
    automaticSilentRenew: false,
    monitorSession: false,
    loadUserInfo: false,
    requestTimeoutInSeconds: 15,
  });
}

/** Who signed in, by the claims of the ID token. */
function accountOf(user: User, tokenUse: FilingConfiguration["tokenUse"]): Account {
  const { name, preferred_username, email, sub, exp } = user.profile;
  /** A claim's words: an array of them, or one text with spaces between; undefined where there is no such claim. */
  const words = (claim: string): readonly string[] | undefined => {
    const stated: unknown = user.profile[`nianbao_${claim}`] ?? user.profile[`custom:${claim}`];
    return stated === undefined ? undefined : [stated].flat().join(" ").split(/\s+/).filter(Boolean);
  };
  const id = tokenUse === "id";
  return {
    token: (id ? user.id_token : user.access_token) ?? "",
    expiresAt: ((id ? exp : user.expires_at) ?? 0) * 1000,
    subject: sub,
    name: name ?? preferred_username ?? email ?? sub,
    organs: (words("organs") ?? []).filter(isCode),
    divisions: words("divisions") ?? [],
    actions: words("actions"),
    renewable: user.refresh_token !== undefined,
  };
}

/**
 * Signs in with the configured OpenID Connect issuer: authorization code with PKCE (RFC 7636), tokens in this tab's
 * sessionStorage. No frames: a session is renewed by its refresh token, or else by going there again. The client is
 * fetched once somebody signs in.
 */
export function oidcAuthenticator(
  configuration: FilingConfiguration,
  page = new URL("/filing/", location.href),
): Authenticator {
  const { tokenUse } = configuration;
  let made: Promise<UserManager> | undefined;
  const manager = (): Promise<UserManager> => {
    made ??= createManager(configuration, page);
    return made;
  };
  return {
    async resume() {
      const { searchParams } = new URL(location.href);
      if (searchParams.has("state") && (searchParams.has("code") || searchParams.has("error"))) {
        const url = location.href;
        // The code is good once: a reload must not send it again.
        history.replaceState(history.state, "", location.pathname + (sessionStorage.getItem(STEP) ?? ""));
        return accountOf(await (await manager()).signinRedirectCallback(url), tokenUse);
      }
      const user = hasUser() ? await (await manager()).getUser() : undefined;
      return user ? accountOf(user, tokenUse) : undefined;
    },
    async signIn() {
      // A client that was not fetched is fetched by a new page.
      const client = await manager().catch(async (error: unknown) => {
        await openAnew();
        throw error;
      });
      sessionStorage.setItem(STEP, location.hash);
      await client.signinRedirect();
    },
    async renew() {
      const user = await (await manager()).signinSilent();
      if (!user) throw new Error("not renewed");
      return accountOf(user, tokenUse);
    },
    async signOut() {
      const client = await manager();
      const leave = await client.metadataService.getEndSessionEndpoint().catch(() => undefined);
      // Cognito knows the address to come back to by another name.
      if (leave) await client.signoutRedirect({ extraQueryParams: { logout_uri: page.href } });
      else await client.removeUser();
    },
  };
}

import { type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import type { FilingConfiguration } from "../../../src/filing/configuration.ts";
import { isCode } from "../../../src/form/uscc.ts";
import type { Account, Authenticator } from "./session.ts";

/**
 * Signs in with the configured OpenID Connect issuer: authorization code with PKCE (RFC 7636), tokens in this tab's
 * sessionStorage. No frames: a session is renewed by its refresh token, or else by going there again.
 */
export function oidcAuthenticator(
  configuration: FilingConfiguration,
  page = new URL("/filing/", location.href),
): Authenticator {
  const storage = new WebStorageStateStore({ store: sessionStorage, prefix: "nianbao.oidc." });
  const manager = new UserManager({
    authority: configuration.issuer,
    client_id: configuration.clientId,
    scope: configuration.scope,
    redirect_uri: page.href,
    post_logout_redirect_uri: page.href,
    userStore: storage,
    stateStore: storage,
    automaticSilentRenew: false,
    monitorSession: false,
    loadUserInfo: false,
    requestTimeoutInSeconds: 15,
  });
  const accountOf = (user: User): Account => {
    const id = configuration.tokenUse === "id";
    const { name, preferred_username, email, sub, exp } = user.profile;
    /** A claim's words: an array of them, or one text with spaces between; undefined where there is no such claim. */
    const words = (claim: string): readonly string[] | undefined => {
      const stated: unknown = user.profile[`nianbao_${claim}`] ?? user.profile[`custom:${claim}`];
      return stated === undefined ? undefined : [stated].flat().join(" ").split(/\s+/).filter(Boolean);
    };
    return {
      token: (id ? user.id_token : user.access_token) ?? "",
      expiresAt: ((id ? exp : user.expires_at) ?? 0) * 1000,
      name: name ?? preferred_username ?? email ?? sub,
      organs: (words("organs") ?? []).filter(isCode),
      divisions: words("divisions") ?? [],
      actions: words("actions"),
      renewable: user.refresh_token !== undefined,
    };
  };
  return {
    async resume() {
      const { searchParams } = new URL(location.href);
      if (searchParams.has("state") && (searchParams.has("code") || searchParams.has("error"))) {
        const url = location.href;
        // The code is good once: a reload must not send it again.
        history.replaceState(history.state, "", location.pathname);
        return accountOf(await manager.signinRedirectCallback(url));
      }
      const user = await manager.getUser();
      return user ? accountOf(user) : undefined;
    },
    signIn: () => manager.signinRedirect(),
    async renew() {
      const user = await manager.signinSilent();
      if (!user) throw new Error("not renewed");
      return accountOf(user);
    },
    async signOut() {
      const leave = await manager.metadataService.getEndSessionEndpoint().catch(() => undefined);
      // Cognito knows the address to come back to by another name.
      if (leave) await manager.signoutRedirect({ extraQueryParams: { logout_uri: page.href } });
      else await manager.removeUser();
    },
  };
}

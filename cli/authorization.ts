import { decodeJwt } from "jose";
import {
  allowInsecureRequests,
  type Configuration,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
  ResponseBodyError,
  refreshTokenGrant,
  tokenRevocation,
} from "openid-client";
import type { FilingConfiguration } from "../src/filing/configuration.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";
import type { Service } from "./service.ts";
import { keepSession, readSessions, type Session } from "./sessions.ts";

type Tokens = Awaited<ReturnType<typeof refreshTokenGrant>>;

/** A token is renewed when it holds no longer than this, seconds: a submission takes a while. */
const SOON = 60;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0).
 * @throws {Complaint} when it does not answer
 */
async function discover(issuer: string, clientId: string): Promise<Configuration> {
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(issuer).hostname);
  return discovery(
    new URL(issuer),
    clientId,
    undefined,
    None(),
    local ? { execute: [allowInsecureRequests] } : {},
  ).catch((error: Error) => {
    throw new Complaint(
      say(`登录服务 ${issuer} 没有回应：${error.message}`, `the issuer ${issuer} does not answer: ${error.message}`),
    );
  });
}

/** What a token says of itself; nothing when it is no JWT. */
function claimsOf(token: string): { readonly exp?: number; readonly name?: unknown; readonly sub?: string } {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

function sessionOf(tokens: Tokens, tokenUse: "access" | "id", head: Pick<Session, "issuer" | "clientId">): Session {
  const token = tokenUse === "id" ? tokens.id_token : tokens.access_token;
  if (token === undefined)
    throw new Complaint(
      say("登录服务没有给出身份令牌（id_token），请重新登录", "the issuer gave no id_token; log in again"),
    );
  const { exp } = claimsOf(token);
  const { name, sub } = claimsOf(tokens.id_token ?? token);
  const expiresAt = exp ?? (tokens.expires_in === undefined ? undefined : Date.now() / 1000 + tokens.expires_in);
  const shown = typeof name === "string" ? name : sub;
  return {
    ...head,
    token,
    ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
    ...(expiresAt === undefined ? {} : { expiresAt: Math.floor(expiresAt) }),
    ...(shown === undefined ? {} : { name: shown }),
  };
}

/** What the user is asked to do elsewhere. */
export interface DeviceRequest {
  readonly code: string;
  readonly page: string;
  /** The page with the code filled in, where the issuer has one. */
  readonly pageWithCode?: string | undefined;
  /** Seconds. */
  readonly holds: number;
}

/**
 * Signs in by the device flow (RFC 8628): `ask` shows the code, then this waits for what the user decides elsewhere.
 * @throws {Complaint} when the issuer has no such flow, or the user refused or took too long
 */
export async function signIn(
  service: Service,
  { clientId: own, ask }: { readonly clientId: string | undefined; readonly ask: (request: DeviceRequest) => void },
): Promise<Session> {
  const { issuer, clientId: theirs, scope, tokenUse }: FilingConfiguration = await service.configuration();
  const clientId = own ?? theirs;
  const client = await discover(issuer, clientId);
  const metadata = client.serverMetadata();
  if (!metadata.device_authorization_endpoint)
    throw new Complaint(
      say(
        `登录服务 ${issuer} 不支持设备码登录（RFC 8628；Amazon Cognito 即不支持）。请另取令牌，用 --token 或环境变量 NIANBAO_TOKEN 交给 submit；或在 ${service.url}/filing/ 网页填报。`,
        `the issuer ${issuer} has no device flow (RFC 8628; Amazon Cognito has none). Get a token another way and give it to submit with --token or NIANBAO_TOKEN, or file at ${service.url}/filing/.`,
      ),
    );
  const offline = metadata.scopes_supported?.includes("offline_access") ? " offline_access" : "";
  try {
    const device = await initiateDeviceAuthorization(client, { scope: `${scope}${offline}` });
    ask({
      code: device.user_code,
      page: device.verification_uri,
      pageWithCode: device.verification_uri_complete,
      holds: device.expires_in,
    });
    return sessionOf(await pollDeviceAuthorizationGrant(client, device), tokenUse, { issuer, clientId });
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof Complaint) return error;
  const code = error instanceof ResponseBodyError ? error.error : (error as { readonly code?: string }).code;
  if (code === "access_denied") return new Complaint(say("登录被拒绝", "signing in was refused"));
  if (code === "expired_token" || code === "OAUTH_TIMEOUT" || (error as Error).name === "TimeoutError")
    return new Complaint(say("代码已过期，请重新登录", "the code expired; log in again"));
  const said = error instanceof ResponseBodyError ? (error.error_description ?? error.error) : (error as Error).message;
  return new Complaint(say(`没能登录：${said}`, `could not sign in: ${said}`));
}

const loginAgain = (server: string): Complaint =>
  new Complaint(
    say(
      `登录已过期，请运行 nianbao login --server ${server}`,
      `the login expired; run nianbao login --server ${server}`,
    ),
  );

/**
 * The token of the login at a service, renewed when it is about to expire.
 * @throws {Complaint} when nobody is logged in there, or the login is over
 */
export async function tokenOf(service: Service): Promise<string> {
  const server = service.url;
  const session = (await readSessions()).servers[server];
  if (!session)
    throw new Complaint(
      say(
        `还没有登录 ${server}：请运行 nianbao login --server ${server}，或用 --token、NIANBAO_TOKEN 给出令牌`,
        `not logged in at ${server}: run nianbao login --server ${server}, or give a token with --token or NIANBAO_TOKEN`,
      ),
    );
  const { token, refreshToken, expiresAt = Number.POSITIVE_INFINITY, issuer, clientId } = session;
  if (expiresAt - Date.now() / 1000 > SOON) return token;
  if (refreshToken === undefined) throw loginAgain(server);
  const { tokenUse } = await service.configuration();
  try {
    const renewed = sessionOf(await refreshTokenGrant(await discover(issuer, clientId), refreshToken), tokenUse, {
      issuer,
      clientId,
    });
    // An issuer need not give another refresh token.
    await keepSession(server, { refreshToken, ...renewed });
    return renewed.token;
  } catch (error) {
    if (error instanceof Complaint) throw error;
    // Another process may have renewed it just now.
    const now = (await readSessions()).servers[server];
    if (now && now.refreshToken !== refreshToken) return now.token;
    throw loginAgain(server);
  }
}

/** Revokes a login's tokens at the issuer (RFC 7009), where it has an endpoint for that. @returns false when it was not reached */
export async function revoke({ issuer, clientId, refreshToken, token }: Session): Promise<boolean> {
  try {
    const client = await discover(issuer, clientId);
    if (!client.serverMetadata().revocation_endpoint) return true;
    await tokenRevocation(client, refreshToken ?? token);
    return true;
  } catch {
    return false;
  }
}

import type { IncomingMessage } from "node:http";
import proxyAddr from "proxy-addr";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { ProblemError } from "../functions/problem.ts";
import type { Message } from "../src/basics/finding.ts";

/** What may be asked for at once and in a minute, by whoever calls and by the address that it comes from. */
export interface Limits {
  /** Requests a minute. */
  readonly rate: Readonly<Record<"caller" | "address", number>>;
  /** Requests under way. */
  readonly atOnce: Readonly<Record<"caller" | "address", number>>;
  /** Bytes of bodies, from before they are read until they are answered. */
  readonly bytes: Readonly<Record<"caller" | "address" | "all", number>>;
}

const MIB = 1024 * 1024;
export const LIMITS: Limits = {
  rate: { caller: 1200, address: 6000 },
  atOnce: { caller: 16, address: 128 },
  bytes: { caller: 16 * MIB, address: 32 * MIB, all: 128 * MIB },
};

/** A number of the environment. @throws when it is none */
function numberFrom(name: string, otherwise: number): number {
  const text = process.env[name];
  if (!text) return otherwise;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new Error(`环境变量 ${name} 应为正整数 · the environment variable ${name} must be a positive integer`);
}

/**
 * `LIMIT_CALLER_RATE`, `LIMIT_ADDRESS_RATE` (requests a minute), `LIMIT_CALLER_AT_ONCE`, `LIMIT_ADDRESS_AT_ONCE`,
 * `LIMIT_CALLER_BYTES`, `LIMIT_ADDRESS_BYTES`, `LIMIT_BYTES` (bytes of bodies held).
 * @throws when one is no positive integer
 */
export const limitsFromEnvironment = (): Limits => ({
  rate: {
    caller: numberFrom("LIMIT_CALLER_RATE", LIMITS.rate.caller),
    address: numberFrom("LIMIT_ADDRESS_RATE", LIMITS.rate.address),
  },
  atOnce: {
    caller: numberFrom("LIMIT_CALLER_AT_ONCE", LIMITS.atOnce.caller),
    address: numberFrom("LIMIT_ADDRESS_AT_ONCE", LIMITS.atOnce.address),
  },
  bytes: {
    caller: numberFrom("LIMIT_CALLER_BYTES", LIMITS.bytes.caller),
    address: numberFrom("LIMIT_ADDRESS_BYTES", LIMITS.bytes.address),
    all: numberFrom("LIMIT_BYTES", LIMITS.bytes.all),
  },
});

/** The address that a request comes from. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * `TRUSTED_PROXIES`: addresses and networks, with spaces between (also `loopback`, `linklocal`, `uniquelocal`), whose
 * `X-Forwarded-For` is believed. Without it the address is that of the connection.
 * @throws when one is no address
 */
export function addressOfFromEnvironment(): AddressOf {
  const proxies = (process.env["TRUSTED_PROXIES"] ?? "").split(" ").filter(Boolean);
  if (proxies.length === 0) return (request) => request.socket.remoteAddress ?? "";
  try {
    const trusted = proxyAddr.compile(proxies);
    return (request) => proxyAddr(request, trusted);
  } catch {
    throw new Error("环境变量 TRUSTED_PROXIES 不是地址 · the environment variable TRUSTED_PROXIES names no addresses");
  }
}

/** The 429 for who asks for more than their share. */
export const tooMany = (seconds: number, detail: string, detailEn: string): ProblemError =>
  new ProblemError(
    { status: 429, title: "请求太多", titleEn: "Too Many Requests", detail, detailEn },
    { "retry-after": String(Math.max(1, Math.ceil(seconds))), "cache-control": "no-store" },
  );

/** The 503 for what nobody in particular asks too much of. */
export const busy = (seconds: number, detail: string, detailEn: string): ProblemError =>
  new ProblemError(
    { status: 503, title: "服务正忙", titleEn: "Service Unavailable", detail, detailEn },
    { "retry-after": String(seconds), "cache-control": "no-store" },
  );

/** Amounts that are held, by who holds them. */
class Held {
  readonly #held = new Map<string, number>();

  /** Takes some of what one may hold; false where that would be more. */
  take(who: string, amount: number, most: number): boolean {
    const held = (this.#held.get(who) ?? 0) + amount;
    if (held > most) return false;
    this.#held.set(who, held);
    return true;
  }

  give(who: string, amount: number): void {
    const held = (this.#held.get(who) ?? 0) - amount;
    if (held > 0) this.#held.set(who, held);
    else this.#held.delete(who);
  }
}

type Kind = "caller" | "address";
const NAMES: Readonly<Record<Kind, Message>> = {
  caller: { zh: "这个账号", en: "this account" },
  address: { zh: "这个地址", en: "this address" },
};

/** What one request holds; all of it is given back at its end. */
export class Share {
  readonly #limiter: Limiter;
  readonly #held: (() => void)[] = [];

  constructor(limiter: Limiter) {
    this.#limiter = limiter;
  }

  /** Counts the request. @throws ProblemError 429 */
  async enter(kind: Kind, who: string): Promise<void> {
    this.#held.push(await this.#limiter.enter(kind, who));
  }

  /** Sets bytes aside for a body that is to be read. @throws ProblemError 429, 503 */
  reserve(bytes: number, holders: Readonly<Record<Kind, string>>): void {
    this.#held.push(...this.#limiter.reserve(bytes, holders));
  }

  end(): void {
    for (const give of this.#held.splice(0)) give();
  }
}

/** Keeps callers and addresses to their limits, in the memory of this process. */
export class Limiter {
  readonly #limits: Limits;
  readonly #rates: Readonly<Record<Kind, RateLimiterMemory>>;
  readonly #atOnce: Readonly<Record<Kind, Held>> = { caller: new Held(), address: new Held() };
  readonly #bytes = { caller: new Held(), address: new Held(), all: new Held() };

  constructor(limits: Limits) {
    const rate = (kind: Kind) => new RateLimiterMemory({ points: limits.rate[kind], duration: 60 });
    this.#limits = limits;
    this.#rates = { caller: rate("caller"), address: rate("address") };
  }

  /** @throws ProblemError 429 */
  async enter(kind: Kind, who: string): Promise<() => void> {
    const { zh, en } = NAMES[kind];
    await this.#rates[kind].consume(who).catch((error: unknown) => {
      if (!(error instanceof RateLimiterRes)) throw error;
      const most = this.#limits.rate[kind];
      throw tooMany(
        error.msBeforeNext / 1000,
        `${zh}每分钟至多${most}个请求，请稍后再试`,
        `${en} may send ${most} requests a minute; please try again later`,
      );
    });
    const most = this.#limits.atOnce[kind];
    if (!this.#atOnce[kind].take(who, 1, most))
      throw tooMany(
        2,
        `${zh}同时至多有${most}个请求，请等前面的完成后再试`,
        `${en} may have ${most} requests under way; please wait for them`,
      );
    return () => this.#atOnce[kind].give(who, 1);
  }

  /** @throws ProblemError 429, 503 */
  reserve(bytes: number, holders: Readonly<Record<Kind, string>>): (() => void)[] {
    const held: (() => void)[] = [];
    const take = (kind: Kind | "all", who: string): boolean => {
      if (!this.#bytes[kind].take(who, bytes, this.#limits.bytes[kind])) return false;
      held.push(() => this.#bytes[kind].give(who, bytes));
      return true;
    };
    const refuse = (error: ProblemError): never => {
      for (const give of held) give();
      throw error;
    };
    for (const kind of ["caller", "address"] as const) {
      const { zh, en } = NAMES[kind];
      if (!take(kind, holders[kind]))
        refuse(
          tooMany(
            5,
            `${zh}正在传的内容太多，请等前面的完成后再试`,
            `${en} is sending too much at once; please wait for what is under way`,
          ),
        );
    }
    if (!take("all", ""))
      refuse(busy(5, "正在传来的内容太多，请稍后再试", "Too much is being sent at the moment; please try again later"));
    return held;
  }
}

import { z } from 'zod';
import type { TelegramSettings } from './telegram/telegram.ts';

/** The server's settings, read once from the environment (contract, section 2). */
export interface Settings {
  host: string;
  /** 0: any free port. */
  port: number;
  databaseUrl: string;
  /** By which nodes hear of one another's changes at once; null: without Redis. */
  redisUrl: string | null;
  adminToken: string;
  /** Origins such as `https://shop.example` that a browser may call from. */
  corsOrigins: string[];
  logLevel: string;
  /** Requests a minute per token; 0: no limits at all. */
  rateLimit: number;
  metricsToken: string | null;
  customerTokenSecret: string | null;
  /** What links begin with, without a slash at the end; null: the origin that a request names. */
  publicUrl: string | null;
  /** How many proxies in front are believed about the client's address; 0: none. */
  trustProxy: number;
  /** Whether `/console` is there. */
  console: boolean;
  /** Webhooks may go to private and loopback addresses. */
  privateTargets: boolean;
  /** Where Kafka is, as `host:port`, and what its topics begin with; null: without Kafka. */
  kafka: { brokers: string[]; prefix: string } | null;
  /** null: no bot. */
  telegram: TelegramSettings | null;
  /** Holds the token that `/console` fills in for a browser on this machine; read at each request. */
  consoleTokenFile: string | null;
}

/** An invalid setting, which prevents the start; the message is one sentence that names it. */
export class SettingsError extends Error {}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((n) => n <= max);
const bearer = /^[\x21-\x7e]+$/;

/** Each setting with the message for a wrong value: `PORT must be …`. */
const RULES = {
  HOST: z.string().default('127.0.0.1'),
  PORT: z.string().default('4310').pipe(whole(65_535)),
  DATABASE_URL: z.string().default('file:./data/ticketrail.db').refine(isDatabaseUrl),
  REDIS_URL: z.string().refine(isRedisUrl).optional(),
  ADMIN_TOKEN: z.string().min(24).regex(bearer),
  CORS_ORIGINS: z.string().default('').transform(list).refine(areOrigins),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  RATE_LIMIT: z.string().default('6000').pipe(whole(999_999_999)),
  METRICS_TOKEN: z.string().regex(bearer).optional(),
  CUSTOMER_TOKEN_SECRET: z.string().min(24).optional(),
  PUBLIC_URL: z.string().refine(isPublicUrl).optional(),
  TRUST_PROXY: z.string().default('0').pipe(whole(10)),
  CONSOLE: z.enum(['0', '1']).default('0'),
  PRIVATE_TARGETS: z.enum(['0', '1']).default('0'),
  KAFKA_BROKERS: z.string().transform(list).refine(areBrokers).optional(),
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[\w.-]{1,200}$/)
    .default('ticketrail.'),
  CONSOLE_TOKEN_FILE: z.string().optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^[\w:-]{3,256}$/)
    .optional(),
  TELEGRAM_API_ROOT: z.string().refine(isPublicUrl).default('https://api.telegram.org'),
};
const WRONG: Record<keyof typeof RULES, string> = {
  HOST: 'must be an address to listen on, such as 127.0.0.1',
  PORT: 'must be a port from 0 to 65535',
  DATABASE_URL: 'must be a file, such as file:./data/ticketrail.db, or postgres://user:password@host:5432/database',
  REDIS_URL: 'must be an address such as redis://:password@host:6379, or rediss:// for TLS',
  ADMIN_TOKEN: 'must be set, to at least 24 printable characters without spaces',
  CORS_ORIGINS: 'must be origins with commas between them, such as https://shop.example,http://localhost:5173',
  LOG_LEVEL: `must be one of ${LOG_LEVELS.join(', ')}`,
  RATE_LIMIT: 'must be a whole number of requests a minute, or 0 for no limit',
  METRICS_TOKEN: 'must be printable characters without spaces',
  CUSTOMER_TOKEN_SECRET: 'must be at least 24 characters',
  PUBLIC_URL: 'must be an address such as https://orders.example, without ? and #',
  TRUST_PROXY: 'must be how many proxies are in front of the server, from 0 to 10',
  CONSOLE: 'must be 1, which switches the page for trying it out on, or 0',
  PRIVATE_TARGETS: 'must be 1, which lets webhooks go to private addresses, or 0',
  KAFKA_BROKERS: 'must be brokers as host:port with commas between them, such as kafka-1:9092,kafka-2:9092',
  KAFKA_TOPIC_PREFIX: 'must be at most 200 letters, digits, dots, _ or -, such as ticketrail.',
  CONSOLE_TOKEN_FILE: 'must be the path of a file',
  TELEGRAM_BOT_TOKEN: 'must be the token that BotFather gives, without spaces',
  TELEGRAM_API_ROOT: 'must be an address such as https://api.telegram.org, without ? and #',
};

/** Throws a {@link SettingsError}. An empty value counts as missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const env = parse(RULES, environment);
  return {
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL ?? null,
    adminToken: env.ADMIN_TOKEN,
    corsOrigins: env.CORS_ORIGINS,
    logLevel: env.LOG_LEVEL,
    rateLimit: env.RATE_LIMIT,
    metricsToken: env.METRICS_TOKEN ?? null,
    customerTokenSecret: env.CUSTOMER_TOKEN_SECRET ?? null,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustProxy: env.TRUST_PROXY,
    console: env.CONSOLE === '1',
    privateTargets: env.PRIVATE_TARGETS === '1',
    kafka: env.KAFKA_BROKERS ? { brokers: env.KAFKA_BROKERS, prefix: env.KAFKA_TOPIC_PREFIX } : null,
    consoleTokenFile: env.CONSOLE_TOKEN_FILE ?? null,
    telegram:
      env.TELEGRAM_BOT_TOKEN === undefined
        ? null
        : { token: env.TELEGRAM_BOT_TOKEN, apiRoot: env.TELEGRAM_API_ROOT.replace(/\/+$/, '') },
  };
}

/** Only `DATABASE_URL`, for programs that need no more. Throws a {@link SettingsError}. */
export function readDatabaseUrl(environment: NodeJS.ProcessEnv): string {
  return parse({ DATABASE_URL: RULES.DATABASE_URL }, environment).DATABASE_URL;
}

function parse<R extends Partial<typeof RULES>>(rules: R, environment: NodeJS.ProcessEnv) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = z.object(rules).safeParse(given);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0]) as keyof typeof RULES;
  throw new SettingsError(`${name} ${WRONG[name]}.`);
}

function isDatabaseUrl(url: string): boolean {
  if (!/^postgres(ql)?:/.test(url)) return /^file:.+/.test(url);
  return URL.canParse(url) && new URL(url).hostname !== '' && new URL(url).pathname.length > 1;
}

function isRedisUrl(url: string): boolean {
  if (!/^rediss?:/.test(url) || !URL.canParse(url)) return false;
  const { hostname, pathname, search, hash } = new URL(url);
  return hostname !== '' && /^(\/\d{0,4})?$/.test(pathname) && search + hash === '';
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username + password === '' && !/[?#]/.test(text);
}

function list(words: string): string[] {
  return words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function areBrokers(words: string[]): boolean {
  return words.length > 0 && words.every((word) => /^[^\s:/@]+:\d{1,5}$|^\[[\da-f:]+\]:\d{1,5}$/i.test(word));
}

function areOrigins(words: string[]): boolean {
  return words.every((word) => URL.canParse(word) && new URL(word).origin === word);
}

import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const ADMIN_TOKEN = 'x'.repeat(24);
const messageOf = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it started');
};

describe('[section 2] settings', () => {
  it('require only ADMIN_TOKEN', () => {
    expect(readSettings({ ADMIN_TOKEN })).toEqual({
      host: '127.0.0.1',
      port: 4310,
      databaseUrl: 'file:./data/ticketrail.db',
      redisUrl: null,
      adminToken: ADMIN_TOKEN,
      corsOrigins: [],
      logLevel: 'info',
      rateLimit: 6000,
      metricsToken: null,
      customerTokenSecret: null,
      publicUrl: null,
      trustProxy: 0,
      console: false,
      privateTargets: false,
      kafka: null,
      consoleTokenFile: null,
      telegram: null,
    });
  });

  it('treat an empty value as missing', () => {
    expect(readSettings({ ADMIN_TOKEN, PORT: '', METRICS_TOKEN: '', REDIS_URL: '' })).toMatchObject({
      port: 4310,
      metricsToken: null,
    });
  });

  it('read where Redis is, with a password, TLS and a number of its database', () => {
    for (const REDIS_URL of ['redis://localhost', 'rediss://:p%40ss@redis.example:6380/3'])
      expect(readSettings({ ADMIN_TOKEN, REDIS_URL }).redisUrl).toBe(REDIS_URL);
  });

  it('read comma-separated origins', () => {
    const { corsOrigins } = readSettings({ ADMIN_TOKEN, CORS_ORIGINS: 'https://a.example, http://localhost:5173' });
    expect(corsOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
  });

  it('accept a public address with and without a path and a slash at its end', () => {
    const publicUrl = (PUBLIC_URL: string) => readSettings({ ADMIN_TOKEN, PUBLIC_URL }).publicUrl;
    expect(publicUrl('https://orders.example/')).toBe('https://orders.example');
    expect(publicUrl('http://10.0.0.7:4310/orders')).toBe('http://10.0.0.7:4310/orders');
  });

  it('read a bot of Telegram and where its API is', () => {
    const bot = { ADMIN_TOKEN, TELEGRAM_BOT_TOKEN: '123:a-B_c' };
    expect(readSettings(bot).telegram).toEqual({ token: '123:a-B_c', apiRoot: 'https://api.telegram.org' });
    const own = readSettings({ ...bot, TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' });
    expect(own.telegram?.apiRoot).toBe('http://127.0.0.1:8081');
  });

  it.each([
    ['ADMIN_TOKEN', {}],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'short' }],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'has a space in it and is long enough' }],
    ['PORT', { ADMIN_TOKEN, PORT: '65536' }],
    ['PORT', { ADMIN_TOKEN, PORT: '80.5' }],
    ['PORT', { ADMIN_TOKEN, PORT: 'http' }],
    ['DATABASE_URL', { ADMIN_TOKEN, DATABASE_URL: './data.db' }],
    ['DATABASE_URL', { ADMIN_TOKEN, DATABASE_URL: 'postgres://localhost/' }],
    ['CORS_ORIGINS', { ADMIN_TOKEN, CORS_ORIGINS: '*' }],
    ['CORS_ORIGINS', { ADMIN_TOKEN, CORS_ORIGINS: 'https://a.example/path' }],
    ['LOG_LEVEL', { ADMIN_TOKEN, LOG_LEVEL: 'loud' }],
    ['RATE_LIMIT', { ADMIN_TOKEN, RATE_LIMIT: '-1' }],
    ['CONSOLE', { ADMIN_TOKEN, CONSOLE: 'yes' }],
    ['METRICS_TOKEN', { ADMIN_TOKEN, METRICS_TOKEN: 'two words' }],
    ['CUSTOMER_TOKEN_SECRET', { ADMIN_TOKEN, CUSTOMER_TOKEN_SECRET: 'xyz' }],
    ['CUSTOMER_TOKEN_SECRET', { ADMIN_TOKEN, CUSTOMER_TOKEN_SECRET: 'x'.repeat(23) }],
    ['PUBLIC_URL', { ADMIN_TOKEN, PUBLIC_URL: 'orders.example' }],
    ['PUBLIC_URL', { ADMIN_TOKEN, PUBLIC_URL: 'ftp://orders.example' }],
    ['PUBLIC_URL', { ADMIN_TOKEN, PUBLIC_URL: 'https://orders.example?a=1' }],
    ['PUBLIC_URL', { ADMIN_TOKEN, PUBLIC_URL: 'https://me:secret@orders.example' }],
    ['TRUST_PROXY', { ADMIN_TOKEN, TRUST_PROXY: '-1' }],
    ['TRUST_PROXY', { ADMIN_TOKEN, TRUST_PROXY: 'true' }],
    ['TRUST_PROXY', { ADMIN_TOKEN, TRUST_PROXY: '11' }],
    ['PRIVATE_TARGETS', { ADMIN_TOKEN, PRIVATE_TARGETS: 'yes' }],
    ['REDIS_URL', { ADMIN_TOKEN, REDIS_URL: 'localhost:6379' }],
    ['REDIS_URL', { ADMIN_TOKEN, REDIS_URL: 'http://localhost:6379' }],
    ['REDIS_URL', { ADMIN_TOKEN, REDIS_URL: 'redis://localhost?maxRetriesPerRequest=9' }],
    ['KAFKA_BROKERS', { ADMIN_TOKEN, KAFKA_BROKERS: 'localhost' }],
    ['KAFKA_BROKERS', { ADMIN_TOKEN, KAFKA_BROKERS: ',' }],
    ['KAFKA_TOPIC_PREFIX', { ADMIN_TOKEN, KAFKA_TOPIC_PREFIX: 'our orders' }],
    ['TELEGRAM_BOT_TOKEN', { ADMIN_TOKEN, TELEGRAM_BOT_TOKEN: 'my bot' }],
    ['TELEGRAM_API_ROOT', { ADMIN_TOKEN, TELEGRAM_API_ROOT: 'localhost' }],
  ] as const)('stop the start with one sentence that names %s: %o', (name, environment) => {
    const message = messageOf({ ...environment });
    expect(message).toMatch(new RegExp(`^${name} [^\\n]+\\.$`));
  });
});

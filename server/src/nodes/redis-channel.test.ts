import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '#test/support/until.ts';
import { type RedisFault, startSmallRedis } from '../testing/small-redis.ts';
import { hasRedis, startRedis } from '../testing/start-redis.ts';
import { openRedisChannel } from './redis-channel.ts';

const PASSWORD = 'a-password-of-the-tests';
/** Away is noticed after three of these. */
const PACE_MS = 100;

async function join(url: string, nodeId: string) {
  const received: string[] = [];
  const states: string[] = [];
  const channel = await openRedisChannel({
    url,
    name: 'test',
    nodeId,
    onMessage: (text) => received.push(text),
    onState: (state, why) => states.push(`${state}: ${why}`),
    paceMs: PACE_MS,
  });
  onTestFinished(channel.close);
  const is = (state: string) => until(`Redis is ${state}`, () => states.at(-1)?.startsWith(state), 8_000);
  return { channel, received, states, is };
}

async function smallRedis(password?: string) {
  const redis = await startSmallRedis(password);
  onTestFinished(redis.stop);
  return redis;
}

async function carriesMessages(url: string): Promise<void> {
  const [a, b] = await Promise.all([join(url, 'a'), join(url, 'b')]);
  await Promise.all([a.is('here'), b.is('here')]);
  expect(await a.channel.publish('one for all, also ünïcödé')).toBe(true);
  await until('the message', () => b.received.length > 0, 3_000);
  expect(b.received).toEqual(['one for all, also ünïcödé']);
  expect(a.received).toEqual([]);
}

it.skipIf(!hasRedis())('carries messages to the other nodes through a Redis with a password', async () => {
  const redis = await startRedis(PASSWORD);
  onTestFinished(redis.stop);
  await carriesMessages(redis.url);
});

it('carries messages to the other nodes', async () => {
  await carriesMessages((await smallRedis(PASSWORD)).url);
});

it('is away with a wrong password, and says so without it', async () => {
  const redis = await smallRedis(PASSWORD);
  const { states } = await join(redis.url.replace(PASSWORD, 'a-wrong-password'), 'a');
  await until('it is away', () => states.length > 0, 3_000);
  expect(states[0]).toMatch(/^away: (WRONGPASS|NOAUTH)/);
  expect(states.join()).not.toContain('a-wrong-password');
});

describe('a Redis in trouble is away, takes no time, and is here again by itself:', () => {
  for (const fault of ['slow', 'mute', 'rubbish', 'deaf'] satisfies RedisFault[])
    it(fault, async () => {
      const redis = await smallRedis();
      const node = await join(redis.url, 'a');
      await node.is('here');
      redis.fault = fault;
      await node.is('away');
      // It may be between two connections, or wait for its time limit.
      await node.channel.publish('lost');
      redis.fault = 'none';
      await node.is('here');
      expect(node.states.map((state) => state.split(':')[0])).toEqual(['here', 'away', 'here']);
    });

  it('stopped and started', async () => {
    const redis = await smallRedis();
    const [a, b] = await Promise.all([join(redis.url, 'a'), join(redis.url, 'b')]);
    await a.is('here');
    await redis.stop();
    await a.is('away');
    expect(await a.channel.publish('lost')).toBe(false);
    await redis.startAgain();
    await Promise.all([a.is('here'), b.is('here')]);
    await a.channel.publish('kept');
    await until('the message', () => b.received.length > 0, 3_000);
    expect(b.received).toEqual(['kept']);
  });

  it('not there at the start', async () => {
    const redis = await smallRedis();
    await redis.stop();
    const node = await join(redis.url, 'a');
    expect(await node.channel.publish('lost')).toBe(false);
    await redis.startAgain();
    await node.is('here');
  });
});

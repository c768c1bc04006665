import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { type Integration, type Running, startIntegrations } from './integrations.ts';

const running = { log: pino({ level: 'silent' }) } as unknown as Running;

function noted() {
  const events: string[] = [];
  const make = (name: string): Integration => ({
    name,
    start() {
      events.push(`start ${name}`);
      return () => void events.push(`stop ${name}`);
    },
  });
  return { events, make };
}

describe('integrations', () => {
  it('start in order and stop once, in reverse order', async () => {
    const { events, make } = noted();
    const stop = await startIntegrations(running, [make('a'), make('b')]);
    await Promise.all([stop(), stop()]);
    expect(events).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('that fail to start cause those before them to stop', async () => {
    const { events, make } = noted();
    const failing = { name: 'x', start: () => Promise.reject(new Error('port taken')) };
    await expect(startIntegrations(running, [make('a'), failing, make('b')])).rejects.toThrow('port taken');
    expect(events).toEqual(['start a', 'stop a']);
  });

  it('that fail to stop do not keep the others from stopping', async () => {
    const { events, make } = noted();
    const stuck: Integration = { name: 'x', start: () => () => Promise.reject(new Error('stuck')) };
    await (await startIntegrations(running, [make('a'), stuck]))();
    expect(events).toEqual(['start a', 'stop a']);
  });
});

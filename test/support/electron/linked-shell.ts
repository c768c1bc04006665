import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { SettingsPatch } from '#contract/settings.ts';
import { startServer } from '../server.ts';
import type { FakeElectronOptions } from './fake-electron.ts';
import { bridgeOf, startShell } from './start-shell.ts';

/** Time limit for quick operations, ms. */
export const WAIT = 10_000;

export async function statusOf(shell: Awaited<ReturnType<typeof startShell>>): Promise<DisplayStatus> {
  const answer = await bridgeOf(shell).call('getStatus', null);
  return (answer as { value: DisplayStatus }).value;
}

/** A store, and the program linked to it on the fake, live and with a tray icon. */
export async function linkedShell(over: Partial<FakeElectronOptions> = {}, platform?: NodeJS.Platform) {
  const server = await startServer();
  onTestFinished(server.close);
  const store = await server.makeStore();
  const userData = mkdtempSync(join(tmpdir(), 'shell-'));
  const env = {
    TICKETRAIL_SERVER: server.url,
    TICKETRAIL_TOKEN: store.display.token,
    XDG_CONFIG_HOME: join(userData, 'config'),
  };
  const start = (again: Partial<FakeElectronOptions> = {}) =>
    startShell({ userData, ...over, ...again }, env, platform);
  const shell = await start();

  const place = async (number: string): Promise<string> => {
    const items = [2, 1, 1, 1].map((quantity, i) => ({ name: ['Khachapuri', 'Soup', 'Tea', 'Bread'][i], quantity }));
    const body = { items, currency: 'GEL', totalMinor: 1450, number, customer: { name: 'Nino', phone: '+995 555' } };
    return (await server.api('POST', '/orders', { token: store.integration.token, body })).json.id;
  };
  const orderOf = async (id: string) => (await server.api('GET', `/orders/${id}`)).json;
  const set = async (patch: SettingsPatch) => {
    expect(await bridgeOf(shell).call('changeSettings', patch)).toMatchObject({ ok: true });
  };
  const status = (of = shell) => statusOf(of);
  await vi.waitFor(async () => expect((await status()).link.state).toBe('live'), WAIT);
  return { server, store, shell, start, place, orderOf, set, status, tray: () => shell.trays[0] };
}

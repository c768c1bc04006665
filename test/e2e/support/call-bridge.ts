import type { Page } from '@playwright/test';
import { io } from 'socket.io-client';
import type { CallInput, CallName } from '#contract/bridge.ts';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';

interface Answer {
  ok: boolean;
}
type Bridged = { bridge?: { call(name: string, input: unknown): Promise<Answer> } };

/** Calls a page's display without its screen: for set-up, and for what has no button in a browser. */
export async function callBridge<K extends CallName>(page: Page, name: K, input: CallInput<K>): Promise<Answer> {
  const inApp = await page.evaluate(
    ([called, given]) => (window as unknown as Bridged).bridge?.call(called as string, given) ?? null,
    [name, input] as unknown[],
  );
  return inApp ?? overSocket(page, name, input);
}

/** Calls as another page of the browser host would, with this page's cookie. */
async function overSocket(page: Page, name: string, input: unknown): Promise<Answer> {
  const { origin } = new URL(page.url());
  const cookies = await page.context().cookies(origin);
  const cookie = cookies.map(({ name: key, value }) => `${key}=${value}`).join('; ');
  const socket = io(origin, {
    path: BRIDGE_PATH,
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie, origin },
  });
  try {
    return await socket.timeout(10_000).emitWithAck('call', name, input);
  } finally {
    socket.disconnect();
  }
}

import type { Bridge, BridgeError, PushName, PushPayload } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Result } from '#contract/errors.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import type { Board } from '#contract/ticket.ts';

/** A bridge that a test drives: the test pushes, answers calls and sets whether the carrier is up. */
export interface ManualBridge extends Bridge {
  push<K extends PushName>(name: K, payload: PushPayload<K>): void;
  carrier(up: boolean): void;
  /** Calls that wait for an answer, oldest first. */
  waiting: { name: string; input: unknown; answer(result: Result<unknown, BridgeError>): Promise<void> }[];
}

export function createManualBridge(): ManualBridge {
  const pushes = new Set<(name: string, payload: never) => void>();
  const carriers = new Set<(up: boolean) => void>();
  const waiting: ManualBridge['waiting'] = [];
  return {
    waiting,
    call: (name, input) =>
      new Promise((resolve) => {
        const call = {
          name,
          input,
          answer: async (result: Result<unknown, BridgeError>) => {
            waiting.splice(waiting.indexOf(call), 1);
            resolve(result as never);
            // Let the continuations run.
            await new Promise((run) => setTimeout(run, 0));
          },
        };
        waiting.push(call);
      }),
    on(name, listener) {
      const take = (pushed: string, payload: never) => {
        if (pushed === name) listener(payload);
      };
      pushes.add(take);
      return () => pushes.delete(take);
    },
    onCarrier(listener) {
      carriers.add(listener);
      return () => carriers.delete(listener);
    },
    push(name, payload) {
      for (const listener of pushes) listener(name, payload as never);
    },
    carrier(up) {
      for (const listener of carriers) listener(up);
    },
  };
}

export const aBoard = (n: number, tickets: Board['tickets'] = [], loaded = true): Board => ({ n, loaded, tickets });

/** A desktop state of the installed app. */
export const INSTALLED: NonNullable<DisplayStatus['desktop']> = {
  platform: 'linux',
  tray: 'shown',
  notifications: 'shown',
  launchAtLogin: 'off',
  token: 'file',
  update: null,
};

export const aStatus = (change: Partial<DisplayStatus> = {}): DisplayStatus => ({
  setup: 'done',
  serverUrl: 'http://127.0.0.1:4310',
  deviceName: 'Pass',
  store: { id: 'main', name: 'Main kitchen', currency: 'GEL', timeZone: 'Asia/Tbilisi' },
  link: { state: 'live', since: 0, cause: null, lastWordAt: 1_000 },
  serverNow: 1_000,
  queueCount: 0,
  queueSince: null,
  failedCommands: [],
  failedCommandCount: 0,
  troubles: [],
  alarm: { active: false, orderIds: [] },
  mutedUntil: null,
  desktop: null,
  stats: null,
  settings: DEFAULT_SETTINGS,
  stations: { from: 'screen', list: [] },
  pin: { set: false, unlocked: true },
  clockAheadMs: 0,
  carriedOver: null,
  printers: [],
  till: null,
  availability: null,
  ...change,
});

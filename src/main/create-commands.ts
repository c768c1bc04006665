import type { App } from 'electron';
import type { CallName } from '#contract/bridge.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import type { Windows } from './setup-windows.ts';

export interface Commands {
  open(station?: string): void;
  acknowledgeAll(): void;
  mute(minutes: number): void;
  refresh(): void;
  settings(): void;
  quit(): void;
}

/** What tray and menu can do; the same as the screen can, and by the same calls. */
export function createCommands(app: App, display: Pick<Display, 'call'>, windows: Windows, log: Log): Commands {
  const ask = (name: CallName, input: unknown = null): void =>
    void display.call(name, input).then((answer) => {
      if (!answer.ok) log.warn('a menu asked in vain', { call: name, error: answer.error.message });
    });
  return {
    open: (station) => void windows.open(station),
    acknowledgeAll: () => ask('acknowledgeAll'),
    mute: (minutes) => ask('mute', { minutes }),
    refresh: () => ask('refresh'),
    settings: () => windows.show({ to: 'settings' }),
    quit: () => app.quit(),
  };
}

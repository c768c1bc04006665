import type { App } from 'electron';
import type { CallName } from '#contract/bridge.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import type { Windows } from './setup-windows.ts';

export type Commands = ReturnType<typeof createCommands>;

/** The commands of tray and menu. They make the same calls as the screen. */
export function createCommands(app: App, display: Pick<Display, 'call'>, windows: Windows, log: Log) {
  const call = (name: CallName, input: unknown = null): void =>
    void display.call(name, input).then((answer) => {
      if (!answer.ok) log.warn('a command of the menu failed', { call: name, error: answer.error.message });
    });
  return {
    open: (station?: string): void => void windows.open(station),
    acknowledgeAll: () => call('acknowledgeAll'),
    mute: (minutes: number) => call('mute', { minutes }),
    refresh: () => call('refresh'),
    settings: () => windows.show({ to: 'settings' }),
    quit: () => app.quit(),
  };
}

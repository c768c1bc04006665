import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Undo } from '#contract/bridge.ts';
import { fail } from '#contract/errors.ts';
import { IPC_CALL, IPC_PUSH, SCREEN_ORIGIN } from '#contract/ipc.ts';
import type { Display } from '#core/display.ts';

/**
 * The bridge's first carrier. One channel for calls, one for pushes; what may be called and with what is checked by the
 * display itself, who may call is checked here: the top frame of our own page and nobody else.
 *
 * @param screens the pages that are open now
 * @param heard a page of ours has asked something, so it listens
 */
export function setupBridge(
  ipcMain: IpcMain,
  display: Display,
  screens: () => WebContents[],
  heard: (page: WebContents) => void,
): Undo {
  ipcMain.handle(IPC_CALL, (event, name: unknown, input: unknown) => {
    if (!isOurScreen(event)) return fail('not_allowed', 'Only the screen of this program may ask.');
    heard(event.sender);
    return display.call(String(name), input ?? null);
  });
  const undo = display.onPush((name, payload) => {
    for (const screen of screens()) screen.send(IPC_PUSH, name, payload);
  });
  return () => {
    undo();
    ipcMain.removeHandler(IPC_CALL);
  };
}

/** `senderFrame` is null when the frame was gone before we looked. */
function isOurScreen({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === SCREEN_ORIGIN;
}

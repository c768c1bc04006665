import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { fail } from '#contract/errors.ts';
import { IPC_CALL, IPC_PUSH, SCREEN_ORIGIN } from '#contract/ipc.ts';
import type { Display } from '#core/display.ts';

/**
 * The bridge over IPC: one channel for calls, one for pushes. The display checks each call and its input; here only the
 * top frame of our own page may call.
 *
 * @param screens the open pages
 * @param heard one of our pages has made a call, so it listens
 */
export function setupBridge(
  ipcMain: IpcMain,
  display: Display,
  screens: () => WebContents[],
  heard: (page: WebContents) => void,
): void {
  ipcMain.handle(IPC_CALL, (event, name: unknown, input: unknown) => {
    if (!isOurScreen(event)) return fail('not_allowed', 'Only the screen of this program may ask.');
    heard(event.sender);
    return display.call(String(name), input ?? null);
  });
  display.onPush((name, payload) => {
    for (const screen of screens()) screen.send(IPC_PUSH, name, payload);
  });
}

/** `senderFrame` is null when the frame was gone before we looked. */
function isOurScreen({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === SCREEN_ORIGIN;
}

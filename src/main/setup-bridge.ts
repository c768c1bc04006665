import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { fail, ok } from '#contract/errors.ts';
import { IPC_CALL, IPC_PUSH, SCREEN_ORIGIN } from '#contract/ipc.ts';
import type { Display } from '#core/display.ts';
import { printPage } from './print-page.ts';

/**
 * The bridge over IPC: one channel for calls, one for pushes. Only the top frame of our own page may call. The display
 * validates each call and its input, except `print`, which concerns the page alone.
 *
 * @param screens returns the open pages
 * @param onCall called before each call of a page: its script runs and listens
 */
export function setupBridge(
  ipcMain: IpcMain,
  display: Display,
  screens: () => WebContents[],
  onCall: (page: WebContents) => void,
): void {
  ipcMain.handle(IPC_CALL, (event, name: unknown, input: unknown) => {
    if (!isOurScreen(event)) return fail('not_allowed', 'Only the screen of this program may ask.');
    onCall(event.sender);
    if (name === 'print') {
      printPage(event.sender);
      return ok(null);
    }
    return display.call(String(name), input ?? null);
  });
  display.onPush((name, payload) => {
    for (const screen of screens()) screen.send(IPC_PUSH, name, payload);
  });
}

/** `senderFrame` is null if the frame is already gone. */
function isOurScreen({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === SCREEN_ORIGIN;
}

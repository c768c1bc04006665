import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { BRIDGE_CALLS, HOST_CALLS, type HostCall } from '#contract/bridge.ts';
import { fail, ok } from '#contract/errors.ts';
import { IPC_CALL, IPC_PUSH, SCREEN_ORIGIN } from '#contract/ipc.ts';
import type { Display } from '#core/display.ts';
import { printPage } from './print-page.ts';

/** What this host does for the page that calls. */
const HOST_HANDLERS: Record<HostCall, (page: WebContents) => void> = { print: printPage };

/**
 * The bridge over IPC: one channel for calls, one for pushes. Only the top frame of our own page may call. The display
 * validates each call and its input, and answers all but those in `HOST_CALLS`.
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
    const hostCall = HOST_CALLS.find((one) => one === name);
    if (!hostCall || !BRIDGE_CALLS[hostCall].input.safeParse(input ?? null).success)
      return display.call(String(name), input ?? null);
    HOST_HANDLERS[hostCall](event.sender);
    return ok(null);
  });
  display.onPush((name, payload) => {
    for (const screen of screens()) screen.send(IPC_PUSH, name, payload);
  });
}

/** `senderFrame` is null if the frame is already gone. */
function isOurScreen({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === SCREEN_ORIGIN;
}

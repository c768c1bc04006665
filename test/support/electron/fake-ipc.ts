import type { EventEmitter } from 'node:events';
import type { ContextBridge, IpcMain, IpcMainInvokeEvent, IpcRenderer, WebContents, WebFrameMain } from 'electron';

type Handler = Parameters<IpcMain['handle']>[1];
/** As much of a frame as a handler looks at. */
export type FakeFrame = Pick<WebFrameMain, 'origin' | 'parent'>;

/** `ipcMain`, and the other end of it for one frame of one page. What crosses is copied as Electron copies it. */
export function fakeIpc() {
  const handlers = new Map<string, Handler>();
  const ipcMain = {
    handle(channel, handler) {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      handlers.set(channel, handler);
    },
    removeHandler: (channel) => void handlers.delete(channel),
  } satisfies Partial<IpcMain>;

  /** @param frame null: it is gone by the time the handler looks */
  function rendererOf(sender: WebContents, pushes: EventEmitter, frame: FakeFrame | null) {
    const methods = {
      async invoke(channel: string, ...args: unknown[]) {
        const handler = handlers.get(channel);
        if (!handler) throw new Error(`No handler registered for '${channel}'`);
        const event = { sender, senderFrame: frame } as IpcMainInvokeEvent;
        return structuredClone(await handler(event, ...structuredClone(args)));
      },
    } satisfies Partial<IpcRenderer>;
    // Its `on` and `off` are those of an emitter, and what main sends is emitted there.
    const ipcRenderer = Object.assign(pushes, methods) as unknown as IpcRenderer;

    const world: Record<string, unknown> = {};
    const contextBridge = {
      exposeInMainWorld(name: string, api: unknown) {
        world[name] = api;
      },
    } satisfies Partial<ContextBridge>;
    return { ipcRenderer, contextBridge, world };
  }

  return { ipcMain: ipcMain as unknown as IpcMain, handlers, rendererOf };
}

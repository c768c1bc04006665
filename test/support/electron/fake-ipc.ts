import type { EventEmitter } from 'node:events';
import type { ContextBridge, IpcMain, IpcMainInvokeEvent, IpcRenderer, WebContents, WebFrameMain } from 'electron';

type Handler = Parameters<IpcMain['handle']>[1];
/** The part of a frame that a handler reads. */
export type FakeFrame = Pick<WebFrameMain, 'origin' | 'parent'>;

/** `ipcMain` and its other end for one frame of one page. Messages are copied as Electron copies them. */
export function fakeIpc() {
  const handlers = new Map<string, Handler>();
  const ipcMain = {
    handle(channel, handler) {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      handlers.set(channel, handler);
    },
    removeHandler: (channel) => void handlers.delete(channel),
  } satisfies Partial<IpcMain>;

  /** @param frame null: gone by the time the handler runs */
  function rendererOf(sender: WebContents, pushes: EventEmitter, frame: FakeFrame | null) {
    const methods = {
      async invoke(channel: string, ...args: unknown[]) {
        const handler = handlers.get(channel);
        if (!handler) throw new Error(`No handler registered for '${channel}'`);
        const event = { sender, senderFrame: frame } as IpcMainInvokeEvent;
        return structuredClone(await handler(event, ...structuredClone(args)));
      },
    } satisfies Partial<IpcRenderer>;
    // `on` and `off` are those of an emitter, which emits what main sends.
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

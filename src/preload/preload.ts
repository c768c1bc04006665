import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Carrier } from '#contract/bridge.ts';
import { IPC_CALL, IPC_PUSH } from '#contract/ipc.ts';

/** `window.bridge`: two narrow functions and one constant fact. Neither `ipcRenderer` nor an event object reaches the page. */
const carrier: Carrier = {
  call: (name, input) => ipcRenderer.invoke(IPC_CALL, name, input),
  onPush(listener) {
    const hear = (_: IpcRendererEvent, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(IPC_PUSH, hear);
    return () => ipcRenderer.off(IPC_PUSH, hear);
  },
  onUp(listener) {
    // The page lives inside the program that it talks to: if that is gone, so is the page.
    listener(true);
    return () => {};
  },
};
contextBridge.exposeInMainWorld('bridge', carrier);

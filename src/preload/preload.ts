import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Carrier } from '#contract/bridge.ts';
import { IPC_CALL, IPC_PUSH } from '#contract/ipc.ts';

/** `window.bridge`: two narrow functions and one constant. Neither `ipcRenderer` nor an event object reaches the page. */
const carrier: Carrier = {
  call: (name, input) => ipcRenderer.invoke(IPC_CALL, name, input),
  onPush(listener) {
    const onMessage = (_: IpcRendererEvent, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(IPC_PUSH, onMessage);
    return () => ipcRenderer.off(IPC_PUSH, onMessage);
  },
  onUp(listener) {
    // The page runs inside the program that it talks to, so the bridge is always up.
    listener(true);
    return () => {};
  },
};
contextBridge.exposeInMainWorld('bridge', carrier);

import type { Position } from '#contract/sync.ts';
import { type LightSocket, openLightSocket } from './light-socket.ts';
import { openStoreSocket } from './store-socket.ts';

/** A message has carried the changes after `from` up to `to`. */
export type OnChanges = (from: number, to: number) => void;

/** How a display connects. Resolves when it gets what changes. */
export type ConnectDisplay = (onChanges: OnChanges, onEnd?: () => void) => Promise<LightSocket>;

const BATCH = /^42\/store,\["changes",\{"epoch":"[^"]*","from":(\d+),"to":(\d+)/;

/** A display of the product: it says hello, confirms each batch and answers heartbeats. It keeps nothing. */
export const ticketrailDisplay =
  (url: string, token: string, position: Position): ConnectDisplay =>
  (onChanges, onEnd) => {
    const changes = (text: string, socket: LightSocket) => {
      const [from = Number.NaN, to = Number.NaN] = BATCH.exec(text)?.slice(1).map(Number) ?? [];
      if (Number.isNaN(to)) throw new Error(`not understood: ${text}`);
      socket.send(`42/store,["got",{"cursor":${to}}]`);
      onChanges(from, to);
    };
    return openStoreSocket({ url, token, position }, { changes, ended: () => onEnd?.() });
  };

/** A display of the plain `ws` server. */
export const wsDisplay =
  (url: string, store: string): ConnectDisplay =>
  (onChanges, onEnd) =>
    openLightSocket(`${url}/stores/${store}`, (text) => one(text, onChanges), onEnd);

/** A display of the plain Socket.io server. */
export const socketIoDisplay =
  (url: string, store: string): ConnectDisplay =>
  (onChanges, onEnd) =>
    new Promise((resolve, reject) => {
      const ended = () => {
        reject(new Error('the connection ended'));
        onEnd?.();
      };
      const onText = (text: string, socket: LightSocket) => {
        if (text.startsWith('42["order"')) one(text, onChanges);
        else if (text === '2') socket.send('3');
        else if (text.startsWith('0')) socket.send(`40${JSON.stringify({ store })}`);
        else if (text.startsWith('40')) resolve(socket);
      };
      const address = `${url}/socket.io/?EIO=4&transport=websocket`;
      openLightSocket(address, onText, ended).catch(reject);
    });

function one(text: string, onChanges: OnChanges): void {
  const seq = Number(/"seq":(\d+)/.exec(text)?.[1]);
  onChanges(seq - 1, seq);
}

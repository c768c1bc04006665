import { type Position, PROTOCOL } from '#contract/sync.ts';
import { type LightSocket, openLightSocket } from './light-socket.ts';

/** What a display of the product hears on `/store`, as texts of Engine.io and Socket.io. */
export interface StoreSocketListeners {
  /** A batch, which it has to confirm. */
  changes(text: string, socket: LightSocket): void;
  /** The answer to a message that was sent with this number, which is not 0. */
  answer?(number: number, text: string): void;
  /** Anything at all. */
  word?(): void;
  /** The connection has ended, not by `close`. */
  ended(): void;
}

const HELLO_ANSWER = '43/store,0[';
const ANSWER = /^43\/store,(\d+)\[/;

/**
 * Resolves when the display gets what changes; it answers heartbeats. Rejects if it has to start over.
 *
 * @param most bytes of a message that a listener gets
 */
export function openStoreSocket(
  { url, token, position, most }: { url: string; token: string; position: Position; most?: number },
  on: StoreSocketListeners,
): Promise<LightSocket> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      reject(new Error('the connection ended'));
      on.ended();
    };
    const onText = (text: string, socket: LightSocket) => {
      on.word?.();
      if (text.startsWith('42/store,["changes"')) on.changes(text, socket);
      else if (text === '2') socket.send('3');
      else if (text.startsWith('0'))
        socket.send(`40/store,${JSON.stringify({ token, protocol: PROTOCOL, appVersion: 'bench' })}`);
      else if (text.startsWith('40/store')) socket.send(`42/store,0["hello",${JSON.stringify(position)}]`);
      else if (text.startsWith(HELLO_ANSWER)) {
        const answer = JSON.parse(text.slice(HELLO_ANSWER.length, -1));
        if (answer.mode === 'delta') resolve(socket);
        else reject(new Error(`has to start over: ${text}`));
      } else if (text.startsWith('43')) on.answer?.(Number(ANSWER.exec(text)?.[1]), text);
      else if (text.startsWith('44')) reject(new Error(`refused: ${text}`));
    };
    openLightSocket(`${url}/socket.io/?EIO=4&transport=websocket`, onText, ended, most).catch(reject);
  });
}

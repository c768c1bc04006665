import type { BridgeError, Carrier } from '#contract/bridge.ts';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import type { Result } from '#contract/errors.ts';

type Answer = Result<unknown, BridgeError>;

const ANSWER_WITHIN_MS = 10_000;
/** A host that accepts the connection may still refuse, or not respond. */
const OPEN_WITHIN_MS = 10_000;
/** Delays before the first, the second and every later attempt to reconnect. */
const RECONNECT_MS = [300, 1_000, 3_000] as const;

const NO_ANSWER: Answer = {
  ok: false,
  error: { code: 'unavailable', message: 'The display program does not answer.' },
};

const addressOf = ({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string =>
  `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${BRIDGE_PATH}/?EIO=4&transport=websocket`;

/**
 * The browser's carrier: the part of the Socket.IO protocol (v5, over Engine.IO v4 on a WebSocket) that the bridge uses. The
 * official client would take 40 of the 350 kB that a page may load before it paints the board.
 *
 * Packets: `0{…}` open with the ping times · `40` connect, and connected · `2` ping · `3` pong · `42["push", name, payload]` ·
 * `42<id>["call", name, input]` and its answer `43<id>[result]` · `1`, `41` and `44` end the connection. All others, and binary
 * ones, are ignored.
 *
 * A call without a connection fails at once; nothing is buffered (C5).
 */
export function socketCarrier(address = addressOf(location)): Carrier & { close(): void } {
  const pushed = new Set<(name: string, payload: unknown) => void>();
  const upChanged = new Set<(up: boolean) => void>();
  const answers = new Map<number, (answer: Answer) => void>();
  let socket: WebSocket | null = null;
  let up = false;
  let attempts = 0;
  let calls = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let reconnect: ReturnType<typeof setTimeout> | undefined;

  function setUp(to: boolean): void {
    up = to;
    for (const listener of upChanged) listener(to);
  }

  function connect(): void {
    const opened = new WebSocket(address);
    let silentAfterMs = OPEN_WITHIN_MS;
    const resetSilence = () => {
      clearTimeout(silence);
      silence = setTimeout(lost, silentAfterMs);
    };
    /** Does not wait for the socket's close event, which takes minutes without a network. */
    function lost(): void {
      if (socket !== opened) return;
      disconnect();
      reconnect = setTimeout(connect, RECONNECT_MS[Math.min(attempts++, RECONNECT_MS.length - 1)]);
    }
    opened.onclose = lost;
    opened.onmessage = ({ data }) => {
      if (socket !== opened) return;
      resetSilence();
      const [, type, id, body] = /^(4?\d)(\d*)(.*)$/s.exec(String(data)) ?? [];
      switch (type) {
        case '0': {
          const { pingInterval, pingTimeout } = JSON.parse(body ?? '');
          silentAfterMs = pingInterval + pingTimeout;
          return opened.send('40');
        }
        case '2':
          return opened.send('3');
        case '40':
          attempts = 0;
          return setUp(true);
        case '42': {
          const [event, name, payload] = JSON.parse(body ?? '');
          if (event === 'push') for (const listener of pushed) listener(name, payload);
          return;
        }
        case '43':
          return answers.get(Number(id))?.(JSON.parse(body ?? '')[0] ?? NO_ANSWER);
        case '1':
        case '41':
        case '44':
          return lost();
      }
    };
    socket = opened;
    resetSilence();
  }

  function disconnect(): void {
    const was = socket;
    socket = null;
    clearTimeout(silence);
    was?.close();
    setUp(false);
    for (const answer of [...answers.values()]) answer(NO_ANSWER);
  }

  connect();
  return {
    call(name, input) {
      const to = socket;
      if (!up || !to) return Promise.resolve(NO_ANSWER);
      const id = calls++;
      return new Promise((resolve) => {
        const settle = (answer: Answer) => {
          clearTimeout(timer);
          answers.delete(id);
          resolve(answer);
        };
        const timer = setTimeout(() => settle(NO_ANSWER), ANSWER_WITHIN_MS);
        answers.set(id, settle);
        to.send(`42${id}${JSON.stringify(['call', name, input])}`);
      });
    },
    onPush(listener) {
      pushed.add(listener);
      return () => pushed.delete(listener);
    },
    onUp(listener) {
      listener(up);
      upChanged.add(listener);
      return () => upChanged.delete(listener);
    },
    close() {
      clearTimeout(reconnect);
      disconnect();
    },
  };
}

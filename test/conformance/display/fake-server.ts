import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { Command } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import type { Changes, Position } from '#contract/sync.ts';
import { createFakeServer } from '#core/testing/fake-server.ts';

type Hello = Position & { answered?: string | null };
export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;

export const DEVICE = { token: 'token-of-the-display-under-test' };
const BEAT_MS = 5_000;
const UNAVAILABLE = { error: { code: 'unavailable', message: 'not now', requestId: '1' } };

/**
 * Serves the in-memory companion server over HTTP and sockets to one display, records what the display says, and
 * misbehaves when a check wants it to.
 */
export async function startFakeServer() {
  const core = createFakeServer({ now: Date.now, random: Math.random });
  /** Position of each display that has said hello; null: it was told to start over. */
  const positions = new Map<Socket, Position | null>();
  const heard = {
    hellos: [] as Hello[],
    gots: [] as number[],
    batches: [] as Command[][],
    polls: [] as Position[],
    snapshots: 0,
  };
  const ways = {
    /** `silent`: connected, and nothing comes. */
    sockets: 'serve' as 'serve' | 'refuse' | 'silent',
    refusal: null as string | null,
    /** Sends a beat every 5 s. */
    beats: true,
    /** `lose`: the answer and the connection, after the effect. `hold`: never answered. `refuse`: unavailable. */
    commands: 'serve' as 'serve' | 'lose' | 'hold' | 'refuse',
  };

  const serverTime = (): string => new Date().toISOString();
  const known = (ids: readonly string[]): string[] => core.known(DEVICE.token, ids);
  const isKnown = (answered: string | null | undefined): boolean => answered == null || known([answered]).length > 0;
  const position = (): Position => {
    const { epoch, seq, hash } = core.snapshot();
    return { epoch, cursor: seq, hash };
  };
  /** The changes after a position of this log. */
  function batch(from: Position): Changes {
    const read = core.read(from, 200);
    if ('reason' in read) throw new Error(`not a position of this log: ${read.reason}`);
    return read;
  }

  function pump(): void {
    for (const [socket, at] of positions) {
      if (!at || at.cursor >= core.head() || ways.sockets === 'silent') continue;
      const next = batch(at);
      socket.emit('changes', next);
      positions.set(socket, { epoch: next.epoch, cursor: next.to, hash: next.hash });
    }
  }

  /** Answers a batch as {@link ways} says; null: not at all. */
  function submit(commands: Command[]): object | null {
    heard.batches.push(commands);
    if (ways.commands === 'hold') return null;
    return ways.commands === 'refuse' ? UNAVAILABLE : core.submit(DEVICE.token, commands);
  }

  const http = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://fake');
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (ways.sockets === 'silent') return;
    if (request.headers.authorization !== `Bearer ${DEVICE.token}`)
      return say(401, { error: { code: 'unauthorized', message: 'no', requestId: '1' } });
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text === '' ? {} : JSON.parse(text);
    switch (`${request.method} ${pathname.replace('/api/v1', '')}`) {
      case 'GET /stores':
        return say(200, { stores: [STORE] });
      case 'GET /snapshot':
        heard.snapshots++;
        return say(200, { ...core.snapshot(), serverTime: serverTime() });
      case 'GET /sync': {
        const at = {
          epoch: query.get('epoch') || null,
          cursor: Number(query.get('cursor') ?? 0),
          hash: query.get('hash'),
        };
        heard.polls.push(at);
        const read = core.read(at, 200);
        const mode = 'reason' in read ? 'snapshot' : 'delta';
        const stand = { epoch: core.epoch(), head: core.head(), serverTime: serverTime() };
        return say(200, { ...stand, mode, ...read, known: isKnown(query.get('answered')) });
      }
      case 'POST /commands/known':
        return say(200, { known: known(body.ids) });
      case 'POST /commands': {
        const answer = submit(body.commands);
        if (answer === null) return;
        if (ways.commands === 'lose') return void request.socket.destroy();
        say(answer === UNAVAILABLE ? 503 : 200, answer);
        return pump();
      }
      default:
        return say(404, { error: { code: 'not_found', message: 'no', requestId: '1' } });
    }
  }

  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    allowRequest: (_, decide) => decide(null, ways.sockets !== 'refuse'),
  });
  io.of('/store').use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: string };
    const code = ways.refusal ?? (token === DEVICE.token ? null : 'unauthorized');
    next(code ? Object.assign(new Error(code), { data: { code } }) : undefined);
  });
  io.of('/store').on('connection', (socket) => {
    socket.on('hello', ({ answered, ...at }: Hello, ack: (answer: unknown) => void) => {
      if (ways.sockets === 'silent') return;
      heard.hellos.push({ ...at, ...(answered !== undefined && { answered }) });
      const read = core.read(at, 1);
      const reset = 'reason' in read ? read : null;
      const stand = { epoch: core.epoch(), head: core.head(), serverTime: serverTime() };
      ack({ protocol: 1, mode: reset ? 'snapshot' : 'delta', ...reset, ...stand, known: isKnown(answered) });
      positions.set(socket, reset ? null : at);
      beat();
      pump();
    });
    socket.on('got', ({ cursor }: { cursor: number }) => heard.gots.push(cursor));
    socket.on('known', ({ ids }: { ids: string[] }, ack: (answer: unknown) => void) => {
      if (ways.sockets !== 'silent') ack({ known: known(ids) });
    });
    socket.on('commands', ({ commands }: { commands: Command[] }, ack: (answer: unknown) => void) => {
      if (ways.sockets === 'silent') return;
      const answer = submit(commands);
      if (answer === null) return;
      if (ways.commands === 'lose') return void socket.disconnect(true);
      ack(answer);
      pump();
    });
    socket.on('disconnect', () => positions.delete(socket));
  });

  const emit = (event: string, payload: unknown): void => {
    if (ways.sockets !== 'silent') for (const socket of positions.keys()) socket.emit(event, payload);
  };
  function beat(over: Record<string, unknown> = {}): void {
    emit('beat', { epoch: core.epoch(), head: core.head(), serverTime: serverTime(), ...over });
  }
  const beating = setInterval(() => ways.beats && beat(), BEAT_MS);

  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    heard,
    ways,
    position,
    batch,
    order: core.order,
    /** What a command was answered with. */
    answered: (commandId: string) => core.device(DEVICE.token).results[commandId],
    /** @param tell whether the displays are sent it */
    place({ tell = true } = {}): Order {
      const order = core.order(core.place());
      if (!order) throw new Error('not placed');
      if (tell) pump();
      return order;
    },
    /** Cancels an order without sending it. */
    cancel: (orderId: string): void => core.cancel(orderId),
    beat,
    /** Sends a batch as given, right or wrong. */
    send: (changes: Changes): void => emit('changes', changes),
    hangUp: (): void => void io.of('/store').disconnectSockets(true),
    backup: core.backup,
    /** Puts a backup back, as another epoch. */
    restore: (backup: string): void => core.restore(backup, { newEpoch: true }),
    async close(): Promise<void> {
      clearInterval(beating);
      await io.close();
      http.closeAllConnections();
    },
  };
}

const STORE = {
  id: 'main',
  name: 'Fake kitchen',
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  settings: { displayWindowDays: 8, acknowledgeWithinSeconds: 60 },
  createdAt: '2026-01-01T00:00:00.000Z',
};

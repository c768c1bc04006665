import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Server, type Socket } from 'socket.io';
import type { Command } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import type { Changes, Position } from '#contract/sync.ts';
import { createFakeServer } from '#core/testing/fake-server.ts';

type Hello = Position & { answered?: string | null };
type Ack = (answer: unknown) => void;
export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;

export const TOKEN = 'token-of-the-display-under-test';
const BEAT_MS = 5_000;
const STORE = { id: 'main', name: 'Fake kitchen', currency: 'GEL', timeZone: 'Asia/Tbilisi' };
const STORE_SETTINGS = { displayWindowDays: 8, acknowledgeWithinSeconds: 60 };
const errorOf = (code: string) => ({ error: { code, message: 'no', requestId: '1' } });

/**
 * Serves the core's in-memory server over HTTP and sockets to one display, records what the display sends, and misbehaves on
 * demand.
 */
export async function startFakeServer() {
  const core = createFakeServer({ now: Date.now, random: Math.random });
  /** Position of each display that has said hello; null: it must start over. */
  const positions = new Map<Socket, Position | null>();
  const received = {
    hellos: [] as Hello[],
    gots: [] as number[],
    batches: [] as Command[][],
    polls: [] as Position[],
    snapshots: 0,
  };
  const ways = {
    /** `silent`: connected, but nothing arrives. */
    sockets: 'serve' as 'serve' | 'refuse' | 'silent',
    refusal: null as string | null,
    /** `refuse`: the changes come by socket only. */
    polls: 'serve' as 'serve' | 'refuse',
    /** Sends a beat every 5 s. */
    beats: true,
    /** `lose`: drops the answer and the connection after the effect. `hold`: never answers. `refuse`: unavailable. */
    commands: 'serve' as 'serve' | 'lose' | 'hold' | 'refuse',
  };
  const isSilent = (): boolean => ways.sockets === 'silent';

  const now = () => ({ epoch: core.epoch(), head: core.head(), serverTime: new Date().toISOString() });
  const known = (ids: readonly string[]): string[] => core.known(TOKEN, ids);
  /** The answer to a hello or a poll: S2 and C3. */
  const answerTo = (at: Position, answered: string | null | undefined) => {
    const read = core.read(at, 200);
    const mode = 'reason' in read ? 'snapshot' : 'delta';
    return { read, answer: { ...now(), mode, known: answered == null || known([answered]).length > 0 } };
  };
  /** The changes after a position of this log. */
  function batch(from: Position): Changes {
    const read = core.read(from, 200);
    if ('reason' in read) throw new Error(`not a position of this log: ${read.reason}`);
    return read;
  }

  function pump(): void {
    for (const [socket, at] of positions) {
      if (!at || at.cursor >= core.head() || isSilent()) continue;
      const next = batch(at);
      socket.emit('changes', next);
      positions.set(socket, { epoch: next.epoch, cursor: next.to, hash: next.hash });
    }
  }

  /** Answers commands as {@link ways} says. */
  function submit(commands: Command[], { answer, hangUp }: { answer: Ack; hangUp(): void }): void {
    received.batches.push(commands);
    if (ways.commands === 'hold') return;
    const result = ways.commands === 'refuse' ? errorOf('unavailable') : core.submit(TOKEN, commands);
    if (ways.commands === 'lose') hangUp();
    else answer(result);
    pump();
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://fake');
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (isSilent()) return;
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return say(401, errorOf('unauthorized'));
    const body = JSON.parse((await text(request)) || '{}');
    switch (`${request.method} ${pathname.replace('/api/v1', '')}`) {
      case 'GET /stores':
        return say(200, { stores: [{ ...STORE, settings: STORE_SETTINGS, createdAt: '2026-01-01T00:00:00.000Z' }] });
      case 'GET /snapshot':
        received.snapshots++;
        return say(200, { ...core.snapshot(), serverTime: now().serverTime });
      case 'GET /sync': {
        const [epoch, hash] = [query.get('epoch') || null, query.get('hash')];
        const at = { epoch, cursor: Number(query.get('cursor') ?? 0), hash };
        received.polls.push(at);
        if (ways.polls === 'refuse') return say(503, errorOf('unavailable'));
        const { read, answer } = answerTo(at, query.get('answered'));
        return say(200, { ...answer, ...read });
      }
      case 'POST /commands/known':
        return say(200, { known: known(body.ids) });
      case 'POST /commands':
        return submit(body.commands, {
          answer: (answer) => say(ways.commands === 'refuse' ? 503 : 200, answer),
          hangUp: () => void request.socket.destroy(),
        });
      default:
        return say(404, errorOf('not_found'));
    }
  }

  const http = createServer((request, response) => void serve(request, response));
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    allowRequest: (_, decide) => decide(null, ways.sockets !== 'refuse'),
  });
  const displays = io.of('/store');
  displays.use((socket, next) => {
    const code = ways.refusal ?? (socket.handshake.auth.token === TOKEN ? null : 'unauthorized');
    next(code ? Object.assign(new Error(code), { data: { code } }) : undefined);
  });
  displays.on('connection', (socket) => {
    socket.use((_, next) => isSilent() || next());
    socket.on('hello', ({ answered, ...at }: Hello, ack: Ack) => {
      received.hellos.push({ ...at, ...(answered !== undefined && { answered }) });
      const { read, answer } = answerTo(at, answered);
      const reset = 'reason' in read ? read : null;
      ack({ protocol: 1, ...answer, ...reset });
      positions.set(socket, reset ? null : at);
      beat();
      pump();
    });
    socket.on('got', ({ cursor }: { cursor: number }) => received.gots.push(cursor));
    socket.on('known', ({ ids }: { ids: string[] }, ack: Ack) => ack({ known: known(ids) }));
    socket.on('commands', ({ commands }: { commands: Command[] }, answer: Ack) =>
      submit(commands, { answer, hangUp: () => void socket.disconnect(true) }),
    );
    socket.on('disconnect', () => positions.delete(socket));
  });

  function emit(event: string, payload: unknown): void {
    if (!isSilent()) for (const socket of positions.keys()) socket.emit(event, payload);
  }
  const beat = (over: Record<string, unknown> = {}): void => emit('beat', { ...now(), ...over });
  const beating = setInterval(() => ways.beats && beat(), BEAT_MS);

  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    received,
    ways,
    position(): Position {
      const { epoch, seq, hash } = core.snapshot();
      return { epoch, cursor: seq, hash };
    },
    batch,
    order: core.order,
    /** The answer to a command. */
    answered: (commandId = '') => core.device(TOKEN).results[commandId],
    /** @param send whether to send it to the displays */
    place({ send = true } = {}): Order {
      const order = core.order(core.place());
      if (!order) throw new Error('not placed');
      if (send) pump();
      return order;
    },
    /** Cancels an order without sending it. */
    cancel: (orderId: string): void => core.cancel(orderId),
    beat,
    /** Sends a batch as given, valid or not. */
    send: (changes: Changes): void => emit('changes', changes),
    hangUp: (): void => void displays.disconnectSockets(true),
    backup: core.backup,
    /** Restores a backup, with another epoch. */
    restore: (backup: string): void => core.restore(backup, { newEpoch: true }),
    async close(): Promise<void> {
      clearInterval(beating);
      await io.close();
      http.closeAllConnections();
    },
  };
}

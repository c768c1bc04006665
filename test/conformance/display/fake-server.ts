import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { anOrder, type PaperOrder } from './an-order.ts';
import { type Command, createPaperLedger } from './fake-ledger.ts';

export interface Position {
  epoch: string | null;
  cursor: number;
  hash: string | null;
}
interface Entry {
  change: Record<string, unknown> & { seq: number; orderId: string };
  hash: string;
}

export const DEVICE = { deviceId: 'device-1', token: 'token-of-the-display-under-test' };
const BEAT_MS = 5_000;
const UNAVAILABLE = { error: { code: 'unavailable', message: 'not now', requestId: '1' } };

export type FakeServer = Awaited<ReturnType<typeof startPaperServer>>;

/**
 * A small server by the contract, for one store and one display, that writes down what the display says and misbehaves
 * when a check wants it to. It knows nothing of how ours is made.
 */
export async function startPaperServer() {
  let epoch: string = randomUUID();
  let log: Entry[] = [];
  let orders = new Map<string, PaperOrder>();
  /** Position of each display that has said hello; null: it was told to start over. */
  const seats = new Map<Socket, Position | null>();
  const heard = {
    hellos: [] as Position[],
    gots: [] as number[],
    batches: [] as Command[][],
    polls: [] as Position[],
    snapshots: 0,
  };
  const ways = {
    /** `silent`: it stands, and nothing comes. */
    sockets: 'serve' as 'serve' | 'refuse' | 'silent',
    refusal: null as string | null,
    /** Beats by themselves, every 5 s. */
    beats: true,
    /** `lose`: the answer, and the connection with it, after the effect. `hold`: never. `refuse`: for now. */
    commands: 'serve' as 'serve' | 'lose' | 'hold' | 'refuse',
  };
  let numbered = 0;

  const head = (): number => log.length;
  const hashAt = (seq: number): string | null => log[seq - 1]?.hash ?? null;
  const serverTime = (): string => new Date().toISOString();

  function record(type: string, order: PaperOrder | null, orderId: string, cause?: { deviceId: string; n: number }) {
    const seq = head() + 1;
    const by = { role: cause ? 'display' : 'integration', id: cause?.deviceId ?? 'shop', name: 'Shop' };
    if (order) {
      Object.assign(order, { seq, updatedAt: serverTime() });
      orders.set(orderId, order);
    } else orders.delete(orderId);
    const change = { seq, type, orderId, at: serverTime(), by, ...(cause && { cause }), order: order && { ...order } };
    log.push({ change, hash: randomUUID() });
    return seq;
  }

  const ledger = createPaperLedger({ deviceId: DEVICE.deviceId, head, order: (id) => orders.get(id), record });

  /** Those after `from`, each with its whole order: nobody has to leave one out. */
  function batch(from: number, to = head()) {
    const changes = log.slice(from, to).map(({ change }) => change);
    return { epoch, from, to, hash: hashAt(to), head: head(), changes };
  }
  function pump(): void {
    for (const [socket, at] of seats) {
      if (!at || at.cursor >= head() || ways.sockets === 'silent') continue;
      socket.emit('changes', batch(at.cursor));
      seats.set(socket, { epoch, cursor: head(), hash: hashAt(head()) });
    }
  }
  function reasonFor(at: Position): string | null {
    if (at.epoch !== epoch) return 'epoch';
    if (at.cursor > head()) return 'future';
    return at.hash === hashAt(at.cursor) ? null : 'hash';
  }

  function answer(commands: Command[]) {
    heard.batches.push(commands);
    return ways.commands === 'refuse' ? UNAVAILABLE : { epoch, ...ledger.answer(commands) };
  }

  const http = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://paper');
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (ways.sockets === 'silent') return;
    if (request.headers.authorization !== `Bearer ${DEVICE.token}`)
      return say(401, { error: { code: 'unauthorized', message: 'no', requestId: '1' } });
    const route = `${request.method} ${pathname.replace('/api/v1', '')}`;
    if (route === 'GET /stores') return say(200, { stores: [store()] });
    if (route === 'GET /snapshot') {
      heard.snapshots++;
      const seq = head();
      const all = [...orders.values()];
      return say(200, { epoch, seq, hash: hashAt(seq), orders: all, serverTime: serverTime(), lastN: ledger.lastN() });
    }
    if (route === 'GET /sync') {
      const cursor = Number(query.get('cursor') ?? 0);
      const at = { epoch: query.get('epoch') || null, cursor, hash: query.get('hash') };
      heard.polls.push(at);
      const reason = reasonFor(at);
      const said = { serverTime: serverTime(), lastN: ledger.lastN() };
      if (reason) return say(200, { mode: 'snapshot', reason, epoch, head: head(), ...said });
      return say(200, { mode: 'delta', ...batch(cursor), ...said });
    }
    if (route === 'POST /commands') {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { commands } = JSON.parse(body) as { commands: Command[] };
      if (ways.commands === 'hold') return void heard.batches.push(commands);
      const answered = answer(commands);
      if (ways.commands === 'lose') return void request.socket.destroy();
      say(answered === UNAVAILABLE ? 503 : 200, answered);
      return pump();
    }
    say(404, { error: { code: 'not_found', message: 'no', requestId: '1' } });
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
    socket.on('hello', (at: Position, ack: (answer: unknown) => void) => {
      if (ways.sockets === 'silent') return;
      heard.hellos.push(at);
      const reason = reasonFor(at);
      const mode = reason ? 'snapshot' : 'delta';
      const said = { epoch, head: head(), serverTime: serverTime(), lastN: ledger.lastN() };
      ack({ protocol: 1, mode, ...(reason && { reason }), ...said });
      seats.set(socket, reason ? null : { ...at });
      beat();
      pump();
    });
    socket.on('got', ({ cursor }: { cursor: number }) => heard.gots.push(cursor));
    socket.on('commands', ({ commands }: { commands: Command[] }, ack: (answer: unknown) => void) => {
      if (ways.sockets === 'silent') return;
      if (ways.commands === 'hold') return void heard.batches.push(commands);
      const answered = answer(commands);
      if (ways.commands === 'lose') return void socket.disconnect(true);
      ack(answered);
      pump();
    });
    socket.on('disconnect', () => seats.delete(socket));
  });

  const emit = (event: string, payload: unknown): void => {
    if (ways.sockets !== 'silent') for (const socket of seats.keys()) socket.emit(event, payload);
  };
  function beat(over: Record<string, unknown> = {}): void {
    emit('beat', { epoch, head: head(), serverTime: serverTime(), ...over });
  }
  const beating = setInterval(() => ways.beats && beat(), BEAT_MS);

  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    heard,
    ways,
    orders: () => orders,
    position: (): Position => ({ epoch, cursor: head(), hash: hashAt(head()) }),
    /** What a number was answered with. */
    answered: ledger.answered,
    /** @param tell whether the displays are sent it */
    place(over: Partial<PaperOrder> = {}, tell = true): PaperOrder {
      const order = anOrder(++numbered, over);
      record('order_created', order, order.id);
      if (tell) pump();
      return order;
    },
    change(orderId: string, over: Partial<PaperOrder>, tell = true): void {
      const order = orders.get(orderId);
      if (!order) throw new Error('no such order');
      record('order_status_changed', { ...order, ...over, version: order.version + 1 }, orderId);
      if (tell) pump();
    },
    beat,
    /** A batch as it is given, right or wrong. */
    send: (changes: Record<string, unknown>): void => emit('changes', changes),
    batch,
    hangUp: (): void => void io.of('/store').disconnectSockets(true),
    /** History is lost: another epoch, only these orders, and nothing known of any command. */
    restore(kept: PaperOrder[]): void {
      epoch = randomUUID();
      log = [];
      orders = new Map();
      ledger.forget();
      for (const order of kept) record('order_created', { ...order }, order.id);
    },
    /** Another machine had this number already. */
    occupy: ledger.occupy,
    async close(): Promise<void> {
      clearInterval(beating);
      await io.close();
      http.closeAllConnections();
    },
  };
}

const store = () => ({
  id: 'main',
  name: 'Paper kitchen',
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  settings: { displayWindowDays: 8, acknowledgeWithinSeconds: 60 },
  createdAt: '2026-01-01T00:00:00.000Z',
});

import { AvailabilityPatch } from '#contract/availability.ts';
import { KnownQuery } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { searchedFor, searchText } from '#contract/search-text.ts';
import { BATCH_CHANGES, Got, Hello, MAX_BATCHES_AHEAD, type Position, PROTOCOL } from '#contract/sync.ts';
import type { Ports } from '../ports.ts';
import type { FakeServer } from './fake-server.ts';

export type Emit = (event: string, payload: unknown) => void;

/**
 * One display's session with a {@link FakeServer} (contract, section 6): hello, changes at most four batches ahead,
 * beats on demand, commands.
 */
export function openSession(server: FakeServer, token: string, emit: Emit, sha256: Ports['sha256']) {
  let sent: Position | null = null;
  let unanswered: number[] = [];

  function pump(): void {
    while (sent && unanswered.length < MAX_BATCHES_AHEAD) {
      const batch = server.read(sent, BATCH_CHANGES);
      if ('reason' in batch) {
        sent = null;
        return;
      }
      if (batch.to === sent.cursor) return;
      emit('changes', batch);
      unanswered.push(batch.to);
      sent = { epoch: batch.epoch, cursor: batch.to, hash: batch.hash };
    }
  }

  function beat(withDigest = false): void {
    const serverTime = new Date(server.now()).toISOString();
    const digest = withDigest ? { digest: sha256(server.openLines()).slice(0, 16) } : {};
    emit('beat', { epoch: server.epoch(), head: server.head(), serverTime, ...digest });
  }

  function hello({ answered, ...position }: ReturnType<typeof Hello.parse>): unknown {
    const first = server.read(position, 1);
    const answer = {
      protocol: PROTOCOL,
      epoch: server.epoch(),
      head: server.head(),
      serverTime: new Date(server.now()).toISOString(),
      known: isKnown(server, token, answered),
    };
    unanswered = [];
    if ('reason' in first) {
      sent = null;
      return { ...answer, mode: 'snapshot', reason: first.reason };
    }
    sent = position;
    return { ...answer, mode: 'delta' };
  }

  const availability = (): void => emit('availability', server.availability());
  const undos = [server.onHead(pump), server.onAvailability(availability)];
  return {
    beat,
    /** @returns the ack; undefined if the message has none */
    message(event: string, payload: unknown): unknown {
      if (event === 'hello') return hello(Hello.parse(payload));
      if (event === 'known') return { known: server.known(token, KnownQuery.parse(payload).ids) };
      if (event === 'commands') return server.submit(token, (payload as { commands: unknown[] }).commands);
      if (event === 'got') {
        const { cursor } = Got.parse(payload);
        unanswered = unanswered.filter((to) => to > cursor);
        pump();
      }
      return undefined;
    },
    /** After the answer to hello: sends the first beat and what the store takes, then the changes. */
    afterHello(): void {
      beat();
      availability();
      pump();
    },
    leave(): void {
      for (const undo of undos) undo();
    },
  };
}
export type FakeSession = ReturnType<typeof openSession>;

const isKnown = (server: FakeServer, token: string, answered: string | null | undefined): boolean =>
  !answered || server.known(token, [answered]).length > 0;

/** The HTTP calls of a display to a {@link FakeServer}. */
export function answerHttp(server: FakeServer, request: Parameters<Ports['http']['request']>[0]) {
  const token = request.token ?? '';
  const [path = '', query = ''] = request.url.replace(/^.*\/api\/v1/, '').split('?');
  const params = new Map(query.split('&').map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]));
  const serverTime = new Date(server.now()).toISOString();
  const common = { serverTime, known: isKnown(server, token, params.get('answered')) };
  const answer = (status: number, body: unknown) => ({ status, body, retryAfterMs: null });
  const error = { code: 'unauthorized', message: 'no', requestId: 'r' };
  if (server.isRevoked(token)) return answer(401, { error });
  if (path === '/snapshot') return answer(200, { ...server.snapshot(), serverTime });
  if (path === '/commands')
    return answer(200, server.submit(token, (request.body as { commands: unknown[] }).commands));
  if (path === '/commands/known')
    return answer(200, { known: server.known(token, KnownQuery.parse(request.body).ids) });
  if (path === '/stores') return answer(200, { stores: server.stores() });
  if (path === '/stores/main/availability') {
    if (request.method === 'PATCH') server.setAvailability(AvailabilityPatch.parse(request.body));
    return answer(200, server.availability());
  }
  if (path === '/orders') return answer(200, listed(server, params));
  const [, id] = /^\/orders\/([^/]+)\/history$/.exec(path) ?? [];
  if (id) {
    const changes = server.log().filter((change) => change.orderId === id);
    return changes.length ? answer(200, { changes }) : answer(404, { error: { ...error, code: 'not_found' } });
  }
  if (path !== '/sync') return answer(404, { error: { ...error, code: 'not_found' } });
  const epoch = params.get('epoch') || null;
  const position = { epoch, cursor: Number(params.get('cursor')), hash: params.get('hash') ?? null };
  const read = server.read(position, Number(params.get('limit') ?? 200));
  return answer(
    200,
    'reason' in read
      ? { mode: 'snapshot', reason: read.reason, epoch: server.epoch(), head: server.head(), ...common }
      : { mode: 'delta', ...read, ...common },
  );
}

/** Section 5: newest first by `createdAt`, then by id; `before` is the end of the previous page. */
function listed(server: FakeServer, params: ReadonlyMap<string, string>) {
  const placeOf = ({ createdAt, id }: Order): string => `${createdAt} ${id}`;
  const texts = searchedFor(params.get('q') ?? '');
  const [before, status] = [params.get('before'), params.get('status')?.split(',')];
  const limit = Number(params.get('limit') ?? 50);
  const all = server
    .orders()
    .filter((order) => !before || placeOf(order) < before)
    .filter((order) => !status || status.includes(order.status))
    .filter((order) => texts.some((text) => searchText(order).includes(text)))
    .sort((a, b) => (placeOf(a) > placeOf(b) ? -1 : 1));
  const orders = all.slice(0, limit);
  const last = orders.at(-1);
  return { orders, nextBefore: last && all.length > limit ? placeOf(last) : null };
}

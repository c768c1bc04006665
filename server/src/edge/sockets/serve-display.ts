import type { Undo } from '#contract/bridge.ts';
import { CommandBatch, type KnownAnswer, KnownQuery } from '#contract/command.ts';
import { Got, Hello, type HelloAnswer, PROTOCOL } from '#contract/sync.ts';
import type { Followers } from '../../log/follow/create-followers.ts';
import type { Follower } from '../../log/follow/follower.ts';
import type { Service } from '../../service.ts';
import { ServiceError } from '../../service-error.ts';
import { isKnown } from '../is-known.ts';
import type { Metrics } from '../metrics.ts';
import type { OnePerTurn } from '../one-per-turn.ts';
import type { SyncReports } from '../sync-reports.ts';
import type { Figures } from './figures.ts';
import { type Handler, handleMessages } from './messages.ts';
import { type DisplaySession, roomOf, type StoreSocket } from './store-namespace.ts';

export interface DisplayServices {
  service: Service;
  displays: Followers<DisplaySession>;
  figures: Figures;
  metrics: Metrics;
  reports: SyncReports;
  /** Counts messages, by default one. Throws `rate_limited` if this display has sent too much. */
  count: (messages?: number) => void;
  turn: OnePerTurn;
  /** The last message was one that the server waits for. */
  onExpected: () => void;
  onFailure: (error: unknown) => void;
}

interface Subscribed {
  follower: Follower<DisplaySession>;
  leave: Undo;
}

/** Answers one connected display until it disconnects. */
export function serveDisplay(socket: StoreSocket, options: DisplayServices): void {
  const { service, displays, figures, metrics, reports } = options;
  const { receipts } = service;
  const { device } = socket.data;
  const { storeId } = device;
  /** Set once it has said hello. */
  let subscribed: Subscribed | undefined;

  /** S2. Sends the answer, a beat, what the store takes, then the changes, and nothing in between. */
  const hello: Handler = async (payload, ack) => {
    options.count();
    const { answered, ...position } = Hello.parse(payload);
    subscribed?.follower.pause();
    await options.turn();
    const [read, known] = await Promise.all([
      service.log.read(storeId, position, 1),
      isKnown(service, device.id, answered),
    ]);
    if (!socket.connected) return;
    const { epoch, head } = read;
    const serverTime = new Date(service.now()).toISOString();
    const reset = read.mode === 'snapshot' ? { reason: read.reason } : {};
    ack({ protocol: PROTOCOL, mode: read.mode, ...reset, epoch, head, serverTime, known } satisfies HelloAnswer);
    socket.emit('beat', { epoch, head, serverTime });
    receipts.onDisk(device, read.mode === 'delta' ? position.cursor : null);
    subscribed ??= subscribe();
    socket.emit('availability', service.availability.latest(storeId));
    if (read.mode === 'snapshot') return reports.reset(read.reason, device, position);
    displays.heardOf(storeId, head);
    subscribed.follower.start(position);
  };

  function subscribe(): Subscribed {
    const follower = displays.subscribe(storeId, { socket, device });
    void socket.join(roomOf(storeId));
    void figures.greet(storeId, (today) => void socket.emit('stats', today));
    return { follower, leave: receipts.connected(device) };
  }

  const got: Handler = (payload) => {
    const { cursor } = Got.parse(payload);
    if (!subscribed) throw new ServiceError('invalid_request', 'Say hello first.');
    const { follower } = subscribed;
    // After an answer `snapshot`, the display has received nothing to confirm.
    if (follower.state.kind === 'paused') return;
    const before = follower.cursor;
    follower.confirm(cursor);
    if (follower.cursor !== before) options.onExpected();
    receipts.onDisk(device, follower.cursor);
  };

  const commands: Handler = async (payload, ack) => {
    options.count();
    const { commands } = CommandBatch.parse(payload);
    if (commands.length > 1) options.count(commands.length - 1);
    const answer = await service.submitCommands(device, commands);
    for (const { outcome } of answer.results) metrics.commands.inc({ outcome });
    ack(answer);
  };

  const known: Handler = async (payload, ack) => {
    options.count();
    const { ids } = KnownQuery.parse(payload);
    ack({ known: await service.knownCommands(device.id, ids) } satisfies KnownAnswer);
  };

  handleMessages(socket, { inOrder: { hello, commands, known }, atOnce: { got } }, options.onFailure);
  socket.on('disconnect', () => {
    service.access.seen(device.id);
    subscribed?.follower.unsubscribe();
    subscribed?.leave();
  });
}

import type { Undo } from '#contract/bridge.ts';
import { CommandBatch, type KnownAnswer, KnownQuery } from '#contract/command.ts';
import { Got, Hello, type HelloAnswer, PROTOCOL } from '#contract/sync.ts';
import { type Service, ServiceError } from '../../service.ts';
import { isKnown } from '../is-known.ts';
import type { Metrics } from '../metrics.ts';
import type { NoteReset } from '../report-reset.ts';
import type { Figures } from './figures.ts';
import { type Handler, handleMessages } from './messages.ts';
import type { Pumps } from './pumps.ts';
import type { Seats } from './seats.ts';
import { roomOf, type Seat, type StoreSocket } from './store-namespace.ts';

export interface DisplayOptions {
  service: Service;
  seats: Seats<Seat>;
  pumps: Pumps<Seat>;
  figures: Figures;
  metrics: Metrics;
  reportReset: NoteReset;
  /** Throws `rate_limited` when this display has sent too much. */
  count: () => void;
  onFailure: (error: unknown) => void;
}

/** Answers one connected display, from its first hello to its last word. */
export function serveDisplay(socket: StoreSocket, options: DisplayOptions): void {
  const { service, seats, pumps, figures, metrics, reportReset } = options;
  const { receipts } = service;
  const { device } = socket.data;
  const { storeId } = device;
  const seat: Seat = { socket, device, storeId, position: null, unconfirmed: [], cursor: 0, startedAt: 0 };
  /** Set once it has said hello. */
  let leave: Undo | undefined;

  /** S2. The answer goes first, then a beat, then the pump; nothing else is sent between. */
  const hello: Handler = async (payload, ack) => {
    options.count();
    const { answered, ...position } = Hello.parse(payload);
    pumps.pause(seat);
    const [read, known] = await Promise.all([
      service.log.read(storeId, position, 1),
      isKnown(service, device.id, answered),
    ]);
    if (!socket.connected) return;
    const { epoch, head } = read;
    const serverTime = new Date().toISOString();
    const reset = read.mode === 'snapshot' ? { reason: read.reason } : {};
    ack({ protocol: PROTOCOL, mode: read.mode, ...reset, epoch, head, serverTime, known } satisfies HelloAnswer);
    socket.emit('beat', { epoch, head, serverTime });
    receipts.onDisk(device, read.mode === 'delta' ? position.cursor : null);
    leave ??= sitDown();
    if (read.mode === 'snapshot') return reportReset(read.reason, device, position);
    pumps.start(seat, position);
  };

  function sitDown(): Undo {
    seats.add(seat);
    void socket.join(roomOf(storeId));
    void figures.greet(storeId, (today) => void socket.emit('stats', today));
    return receipts.connected(device);
  }

  const got: Handler = (payload) => {
    const { cursor } = Got.parse(payload);
    if (!leave) throw new ServiceError('invalid_request', 'Say hello first.');
    // After an answer `snapshot` there is nothing that it could have got.
    if (seat.position === null) return;
    pumps.confirm(seat, cursor);
    receipts.onDisk(device, seat.cursor);
  };

  const commands: Handler = async (payload, ack) => {
    options.count();
    const batch = CommandBatch.parse(payload);
    const answer = await service.submitCommands(device, batch.commands);
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
    pumps.pause(seat);
    service.access.seen(device.id);
    if (!leave) return;
    seats.remove(seat);
    leave();
  });
}

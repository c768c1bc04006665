import { CommandBatch } from '#contract/command.ts';
import { Got, type HelloAnswer, type Position as Place, Position, PROTOCOL } from '#contract/sync.ts';
import { Refusal, type Service } from '../../service.ts';
import type { Metrics } from '../metrics.ts';
import type { NoteReset } from '../note-reset.ts';
import type { Figures } from './figures.ts';
import { type Handler, handleMessages } from './messages.ts';
import type { Pumps } from './pumps.ts';
import type { Seats } from './seats.ts';
import { roomOf, type Seat, type StoreSocket } from './store-namespace.ts';

export interface DisplayOptions {
  service: Service;
  seats: Seats;
  pumps: Pumps;
  figures: Figures;
  metrics: Metrics;
  noteReset: NoteReset;
  /** Throws `rate_limited` when this display has sent too much. */
  count: () => void;
  onFailure: (error: unknown) => void;
}

/** Answers one connected display, from its first hello to its last word. */
export function serveDisplay(socket: StoreSocket, options: DisplayOptions): void {
  const { service, seats, pumps, figures, metrics, noteReset } = options;
  const { device } = socket.data;
  const { storeId } = device;
  const seat: Seat = { socket, device, storeId, since: '', position: null, unconfirmed: [], cursor: 0 };

  /** S2. The answer goes first, then a beat, then the pump; nothing else is sent between. */
  const hello: Handler = async (payload, ack) => {
    options.count();
    const position: Place = Position.parse(payload);
    pumps.pause(seat);
    const [read, lastN] = await Promise.all([service.log.read(storeId, position, 1), service.log.lastN(device.id)]);
    if (!socket.connected) return;
    const { epoch, head } = read;
    const serverTime = new Date().toISOString();
    const reset = read.mode === 'snapshot' ? { reason: read.reason } : {};
    ack({ protocol: PROTOCOL, mode: read.mode, ...reset, epoch, head, serverTime, lastN } satisfies HelloAnswer);
    socket.emit('beat', { epoch, head, serverTime });
    sitDown(position.cursor);
    if (read.mode === 'snapshot') return noteReset(read.reason, device, position);
    service.access.seen(device.id, position.cursor);
    pumps.start(seat, position);
  };

  function sitDown(cursor: number): void {
    seat.cursor = cursor;
    if (seat.since !== '') return;
    seat.since = new Date().toISOString();
    seats.add(seat);
    void socket.join(roomOf(storeId));
    figures.greet(seat);
    figures.displaysChanged(storeId);
  }

  const got: Handler = (payload) => {
    const { cursor } = Got.parse(payload);
    if (seat.since === '') throw new Refusal('invalid_request', 'Say hello first.');
    service.access.seen(device.id, cursor);
    pumps.confirm(seat, cursor);
  };

  const commands: Handler = async (payload, ack) => {
    options.count();
    const batch = CommandBatch.parse(payload);
    const answer = await service.submitCommands(device, batch.commands);
    for (const { outcome } of answer.results) metrics.commands.inc({ outcome });
    ack(answer);
  };

  handleMessages(socket, { inOrder: { hello, commands }, atOnce: { got } }, options.onFailure);
  socket.on('disconnect', () => {
    pumps.pause(seat);
    service.access.seen(device.id);
    if (seat.since === '') return;
    seats.remove(seat);
    figures.displaysChanged(storeId);
  });
}

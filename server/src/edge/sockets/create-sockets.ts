import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { DeviceRole } from '#contract/store.ts';
import { BEAT_MS, MAX_MESSAGE_BYTES } from '#contract/sync.ts';
import { type Caller, ServiceError } from '../../service.ts';
import type { Edge } from '../app.ts';
import { keyOf } from '../identity.ts';
import type { AdminNamespace } from './admin-namespace.ts';
import { createAdmins } from './create-admins.ts';
import { endSilent } from './end-silent.ts';
import { createFigures } from './figures.ts';
import { guardAdmin, guardStore, refuseOthers } from './handshake.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createPumps } from './pumps.ts';
import { createSeats, type Seats } from './seats.ts';
import { serveDisplay } from './serve-display.ts';
import { deviceRoomOf, roomOf, type Seat, type StoreNamespace } from './store-namespace.ts';

export interface Sockets {
  io: Server;
  /** The displays that have said hello. */
  seats: Seats<Seat>;
  /** Ends all connections as a broken link would, so that displays try again by themselves. */
  close(): void;
}

/** Socket.io on the HTTP server's port (contract, section 6). */
export function createSockets(http: HttpServer, edge: Edge): Sockets {
  const { service, metrics, reportReset, log } = edge;
  let closing = false;
  const io = attach(http, () => !closing);
  const namespace: StoreNamespace = io.of('/store');
  const adminNamespace: AdminNamespace = io.of('/admin');
  guardStore(namespace, edge);
  guardAdmin(adminNamespace, edge);
  refuseOthers(io);
  endSilent(io);

  const onFailure = (error: unknown) => log.error({ err: error }, 'a socket’s work failed');
  const seats = createSeats<Seat>();
  const admins = createAdmins({
    service,
    namespace: adminNamespace,
    figures: () => figures,
    count: () => countMessage(edge, ADMIN),
    onFailure,
  });
  const figures = createFigures({
    orders: service.orders,
    receipts: service.receipts,
    onStats(storeId, today) {
      namespace.to(roomOf(storeId)).emit('stats', today);
      admins.stats(storeId, today);
    },
    onPresence(storeId, presence) {
      namespace.to(roomOf(storeId)).emit('presence', presence);
      admins.presence(storeId, presence);
    },
    onFailure,
  });
  const pumps = createPumps<Seat>({
    log: service.log,
    seats,
    send(_storeId, to, changes) {
      metrics.batches.inc();
      metrics.batchesSent.inc(to.length);
      metrics.batchChanges.observe(changes.changes.length);
      namespace.to(to.map((seat) => seat.socket.id)).emit('changes', changes);
    },
    onDelivered: (seconds) => metrics.delivery.observe(seconds),
    onReset(seat, reason) {
      reportReset(reason, seat.device, { epoch: null, cursor: seat.cursor });
      service.receipts.onDisk(seat.device, null);
      // Beats tell a display that it is behind or of another epoch; not that it is ahead of the log.
      if (reason === 'future') seat.socket.conn.close();
    },
    onFailure,
  });

  namespace.on('connection', (socket) => {
    const { device } = socket.data;
    void socket.join(deviceRoomOf(device.id));
    countSocket(socket, device.role);
    const count = () => countMessage(edge, device);
    serveDisplay(socket, { service, seats, pumps, figures, metrics, reportReset, count, onFailure });
    service.access.seen(device.id);
    // Revoked between the handshake and here: nobody was told of a socket that was not there yet.
    service.access
      .callerOf(String(socket.handshake.auth.token))
      .then((caller) => caller ?? socket.disconnect(true))
      .catch(onFailure);
  });
  adminNamespace.on('connection', (socket) => countSocket(socket, 'admin'));

  function countSocket(socket: { on(event: 'disconnect', gone: () => void): unknown }, role: 'admin' | DeviceRole) {
    metrics.sockets.inc({ role });
    socket.on('disconnect', () => metrics.sockets.dec({ role }));
  }

  function wake(storeId: string, head: number): void {
    pumps.wake(storeId, head);
    admins.wake(storeId, head);
  }

  const undo = [
    service.log.onHead((storeId, head) => {
      wake(storeId, head);
      figures.ordersChanged(storeId);
    }),
    service.access.onRevoked((deviceId) => namespace.in(deviceRoomOf(deviceId)).disconnectSockets(true)),
    service.escalations.onChange(admins.escalation),
    startHeartbeat({
      log: service.log,
      stores: () => new Set([...seats.stores(), ...admins.stores()]),
      onHead: wake,
      beat(storeId, beat) {
        namespace.to(roomOf(storeId)).emit('beat', beat);
        // Midnight changes today's figures with no change of an order.
        if (beat.digest !== undefined) figures.ordersChanged(storeId);
      },
      onFailure,
    }),
  ];
  return {
    io,
    seats,
    close() {
      closing = true;
      for (const stop of undo) stop();
      figures.stop();
      io.engine.close();
    },
  };
}

/** One message counts as one request of its token. */
function countMessage({ settings, limit }: Edge, caller: Pick<Caller, 'role' | 'id'>): void {
  if (settings.rateLimit !== 0 && limit.take(keyOf(caller), settings.rateLimit) !== null)
    throw new ServiceError('rate_limited', 'Too many messages: wait a minute.');
}
const ADMIN = { role: 'admin', id: 'admin' } as const;

/** Only upgrades are the sockets'; a plain request to their path is Fastify's, like any other that nobody knows. */
function attach(http: HttpServer, welcomes: () => boolean): Server {
  const requestListeners = http.listeners('request') as ((...args: unknown[]) => void)[];
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: BEAT_MS,
    pingTimeout: BEAT_MS,
    connectTimeout: 10_000,
    allowEIO3: false,
    allowRequest: (_request, answer) => answer(null, welcomes()),
  });
  http.removeAllListeners('request');
  for (const listener of requestListeners) http.on('request', listener);
  return io;
}

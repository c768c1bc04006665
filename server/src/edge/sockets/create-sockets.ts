import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { BEAT_MS, MAX_MESSAGE_BYTES } from '#contract/sync.ts';
import { Refusal } from '../../service.ts';
import type { Edge } from '../app.ts';
import { keyOf } from '../identity.ts';
import { endSilent } from './end-silent.ts';
import { createFigures } from './figures.ts';
import { guardStore, refuseOthers } from './handshake.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createPumps } from './pumps.ts';
import { createSeats, type Seats } from './seats.ts';
import { serveDisplay } from './serve-display.ts';
import { deviceRoomOf, roomOf, type StoreNamespace } from './store-namespace.ts';

export interface Sockets {
  io: Server;
  seats: Seats;
  /** Ends all connections as a broken link would, so that displays try again by themselves. */
  close(): void;
}

/** Socket.io on the HTTP server's port (contract, section 6). */
export function createSockets(http: HttpServer, edge: Edge): Sockets {
  const { service, settings, limit, metrics, noteReset, log } = edge;
  let closing = false;
  const io = attach(http, () => !closing);
  const namespace: StoreNamespace = io.of('/store');
  guardStore(namespace, edge);
  refuseOthers(io);
  endSilent(io);

  const onFailure = (error: unknown) => log.error({ err: error }, 'a socket’s work failed');
  const seats = createSeats();
  const figures = createFigures({ orders: service.orders, seats, namespace, onFailure });
  const pumps = createPumps({
    log: service.log,
    seats,
    send(to, changes) {
      metrics.batches.inc();
      metrics.batchesSent.inc(to.length);
      namespace.to(to.map((seat) => seat.socket.id)).emit('changes', changes);
    },
    onReset(seat, reason) {
      noteReset(reason, seat.device, { epoch: null, cursor: seat.cursor });
      // Beats tell a display that it is behind or of another epoch; not that it is ahead of the log.
      if (reason === 'future') seat.socket.conn.close();
    },
    onFailure,
  });

  namespace.on('connection', (socket) => {
    const { device } = socket.data;
    void socket.join(deviceRoomOf(device.id));
    metrics.sockets.inc({ role: device.role });
    socket.on('disconnect', () => metrics.sockets.dec({ role: device.role }));
    const count = () => {
      if (settings.rateLimit !== 0 && limit.take(keyOf(device), settings.rateLimit) !== null)
        throw new Refusal('rate_limited', 'Too many messages: wait a minute.');
    };
    serveDisplay(socket, { service, seats, pumps, figures, metrics, noteReset, count, onFailure });
    service.access.seen(device.id);
    // Revoked between the handshake and here: nobody was told of a socket that was not there yet.
    service.access
      .callerOf(String(socket.handshake.auth.token))
      .then((caller) => caller ?? socket.disconnect(true))
      .catch(onFailure);
  });

  const undo = [
    service.log.onHead((storeId, head) => {
      pumps.wake(storeId, head);
      figures.ordersChanged(storeId);
    }),
    service.access.onRevoked((deviceId) => namespace.in(deviceRoomOf(deviceId)).disconnectSockets(true)),
    startHeartbeat({
      log: service.log,
      seats,
      onHead: pumps.wake,
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

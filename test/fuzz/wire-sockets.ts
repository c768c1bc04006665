import { HANDSHAKE_REFUSALS } from '#contract/errors.ts';
import type { Sockets } from '#core/ports.ts';
import { type CrashPoint, survive } from './crash-point.ts';
import type { MemorySocket } from './memory-socket-io.ts';
import type { ServerLife } from './sim-server.ts';
import type { WireParts } from './wire-parts.ts';

/** The engine's ping timeout, ms (contract, section 6). */
export const ENGINE_MS = 10_000;

export interface Connection {
  server: ServerLife;
  socket: MemorySocket;
  /** Tells the display that the connection is over. */
  over(reason: string): void;
}

/** The display's sockets; every open connection is in `connections`. */
export function createWireSockets({ now, after, server, watch, conditions }: WireParts) {
  const connections = new Set<Connection>();

  /** One direction of one connection: late, never out of order. */
  function createLane(): (run: () => void) => void {
    let last = 0;
    return (run) => {
      last = Math.max(last, now() + conditions.latency());
      after(last - now(), run);
    };
  }

  /** The port of one life of the display's program. */
  const plug = (crash: CrashPoint): Sockets => ({
    open({ token, protocol, appVersion }, events) {
      const up = createLane();
      const down = createLane();
      let ended = false;
      let connection: Connection | null = null;
      const waiting = new Set<(error: Error) => void>();
      let batches: number[] = [];
      const end = (notify?: () => void): void => {
        if (ended) return;
        ended = true;
        for (const reject of waiting) reject(new Error('the socket closed before the answer came'));
        notify?.();
      };
      /** Delivers to the display's program, which can be killed before and after that. */
      const arrive = (run: () => void): void => {
        if (ended || crash.dead) return;
        crash.pass('display, before it hears');
        run();
        crash.pass('display, after it heard');
      };
      const deliver = (run: () => void): void =>
        down(() => conditions.comesDown() && !conditions.losesMessage() && arrive(run));
      const fail = (reason: string): void => down(() => arrive(() => end(() => events.failed(reason))));

      up(() => {
        const there = server();
        if (conditions.cable === 'cut' || (conditions.cable === 'whole' && (!there || !conditions.websockets)))
          return fail('connect failed');
        if (!conditions.goesUp() || !there) return;
        const port = {
          say(event: string, payload: unknown): void {
            if (there.crash.dead) return;
            const text = JSON.stringify(payload);
            if (event === 'changes') {
              batches.push((payload as { to: number }).to);
              watch.ahead(batches.length);
            }
            deliver(() => events.message(event, JSON.parse(text)));
          },
          closed: (): void => deliver(() => end(() => events.closed('transport close'))),
        };
        there.sockets.connect({ token, protocol, appVersion }, port, (answer) => {
          if (there.crash.dead) return;
          if (answer instanceof Error) {
            const code = (answer as { data?: { code?: unknown } }).data?.code;
            const known = HANDSHAKE_REFUSALS.find((one) => one === code) ?? null;
            return deliver(() => end(() => events.refused(known, answer.message)));
          }
          connection = {
            server: there,
            socket: answer,
            over: (reason) => down(() => arrive(() => end(() => events.closed(reason)))),
          };
          connections.add(connection);
          deliver(() => events.connected());
        });
      });

      const toServer = (event: string, payload: unknown, ack?: (answer: unknown) => void): void => {
        const text = JSON.stringify(payload);
        up(() => {
          if (!connection || !conditions.goesUp() || connection.server.crash.dead) return;
          if (event === 'got') batches = batches.filter((to) => to > (payload as { cursor: number }).cursor);
          connection.socket.receive(event, JSON.parse(text), ack);
        });
      };
      return {
        request: (event, payload) =>
          new Promise((resolve, reject) => {
            if (ended || !connection || crash.dead) return reject(new Error('the socket is not connected'));
            crash.pass(`display, before ${event}`);
            const onAnswer = event === 'commands' ? watch.commandsSent() : null;
            if (event === 'known') watch.ledgerAsked();
            waiting.add(reject);
            waiting.add(() => onAnswer?.(null));
            toServer(event, payload, (answer) => {
              const life = connection?.server;
              if (!life || life.crash.dead) return;
              survive(() => life.crash.pass('server, before an ack'));
              if (life.crash.dead) return;
              const text = JSON.stringify(answer);
              if (event === 'hello') batches = [];
              if (event === 'commands') watch.answered(answer);
              if (event === 'commands' && conditions.losesAnswer()) return hangUp('transport close');
              deliver(() => {
                waiting.delete(reject);
                onAnswer?.(JSON.parse(text));
                resolve(JSON.parse(text));
              });
              survive(() => life.crash.pass('server, after an ack'));
            });
            crash.pass(`display, after ${event}`);
            return undefined;
          }),
        send(event, payload) {
          if (ended || !connection) return;
          crash.pass(`display, before ${event}`);
          watch.got((payload as { cursor: number }).cursor);
          toServer(event, payload);
          crash.pass(`display, after ${event}`);
        },
        close() {
          end();
          const left = connection;
          if (left) connections.delete(left);
          // A server that the message does not reach notices by its heartbeat.
          if (left)
            after(conditions.cable === 'cut' || conditions.goesUp() ? conditions.latency() : ENGINE_MS, () =>
              left.socket.lost('closed'),
            );
        },
      };
    },
  });

  /** Ends every connection, and both sides notice. */
  function hangUp(reason: string): void {
    for (const connection of [...connections]) {
      connections.delete(connection);
      connection.over(reason);
      connection.socket.lost(reason);
    }
  }

  return { plug, connections, hangUp };
}

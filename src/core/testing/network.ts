import { BEAT_MS } from '#contract/sync.ts';
import type { Http, Ports, SocketEvents, Sockets } from '../ports.ts';
import type { FakeClock } from './fake-clock.ts';
import type { FakeServer } from './fake-server.ts';
import { answerHttp, type FakeSession, openSession } from './fake-session.ts';

/**
 * The state of the cable between a display and its server: `whole`; `cut`, which both ends notice at once; or `silent`
 * (half-open), where messages vanish and neither end notices.
 */
export type Cable = 'whole' | 'cut' | 'silent';

export interface NetworkOptions {
  clock: FakeClock;
  server: FakeServer;
  sha256: Ports['sha256'];
  /** ms, one way. */
  latency?: number;
}

export type Network = ReturnType<typeof createNetwork>;

/**
 * Connects a display's ports to a {@link FakeServer} by socket and HTTP, with the faults of real networks. Messages
 * keep their order on one connection; those in transit when the cable is cut are lost.
 */
export function createNetwork({ clock, server, sha256, latency = 5 }: NetworkOptions) {
  let cable: Cable = 'whole';
  let websocket = true;
  let serverUp = true;
  /** Loses the next answers to commands, and the connection, after the commands take effect. */
  let loseAnswers = 0;
  const connections = new Set<{ session: FakeSession; drop(reason: string): void }>();
  const traffic = { frames: 0, requests: 0 };

  const passes = (): boolean => cable === 'whole' && serverUp;
  /**
   * Messages that arrive at one moment are delivered in one turn, before any promise settles, as with a real socket
   * where several frames share a packet.
   */
  const arriving = new Map<number, (() => void)[]>();
  function later(run: () => void): void {
    const at = clock.monotonic() + latency;
    const together = arriving.get(at);
    if (together) {
      together.push(run);
      return;
    }
    const first = [run];
    arriving.set(at, first);
    clock.after(latency, () => {
      arriving.delete(at);
      for (const one of first) one();
    });
  }

  const sockets: Sockets = {
    open(target, events: SocketEvents) {
      let session: FakeSession | null = null;
      let over = false;
      const waiting = new Set<(error: Error) => void>();
      const end = (tell?: () => void): void => {
        if (over) return;
        over = true;
        session?.leave();
        connections.delete(connection);
        for (const reject of waiting) reject(new Error('the socket closed before the answer came'));
        tell?.();
      };
      const connection = {
        get session(): FakeSession {
          if (!session) throw new Error('not connected');
          return session;
        },
        drop: (reason: string) => end(() => (session ? events.closed(reason) : events.failed(reason))),
      };
      const down = (run: () => void): void =>
        later(() => {
          if (!over && passes()) run();
        });
      const emit = (event: string, payload: unknown): void => {
        traffic.frames++;
        const text = JSON.stringify(payload);
        down(() => events.message(event, JSON.parse(text)));
      };
      const up = (run: () => void): void => down(run);

      if (cable === 'cut' || !serverUp) later(() => end(() => events.failed('connect failed')));
      else
        up(() => {
          if (!websocket) return end(() => events.failed('websocket error'));
          if (server.isRevoked(target.token)) return end(() => events.refused('unauthorized', 'no'));
          const opened = openSession(server, target.token, emit, sha256);
          down(() => {
            session = opened;
            connections.add(connection);
            beats();
            events.connected();
          });
          return undefined;
        });

      function beats(): void {
        clock.after(BEAT_MS, () => {
          if (over) return;
          session?.beat();
          beats();
        });
      }

      return {
        request: (event, payload) =>
          new Promise((resolve, reject) => {
            if (over || !session) return reject(new Error('the socket is not connected'));
            waiting.add(reject);
            const text = JSON.stringify(payload);
            up(() => {
              const ack = JSON.stringify(session?.message(event, JSON.parse(text)));
              if (event === 'commands' && loseAnswers > 0) {
                loseAnswers--;
                return connection.drop('transport close');
              }
              down(() => {
                waiting.delete(reject);
                resolve(JSON.parse(ack));
              });
              if (event === 'hello') session?.afterHello();
              return undefined;
            });
            return undefined;
          }),
        send(event, payload) {
          if (!over && session) up(() => void session?.message(event, payload));
        },
        close: () => end(),
      };
    },
  };

  const http: Http = {
    request(request) {
      traffic.requests++;
      let cancel = (): void => {};
      const answer = new Promise<Awaited<ReturnType<Http['request']>['answer']>>((resolve, reject) => {
        cancel = () => reject(new Error('cancelled'));
        if (cable === 'cut' || !serverUp) return later(() => reject(new Error('connect failed')));
        return later(() => {
          if (!passes()) return;
          const text = JSON.stringify(answerHttp(server, request));
          const isCommands = request.url.endsWith('/commands');
          if (isCommands && loseAnswers > 0) {
            loseAnswers--;
            reject(new Error('connection reset'));
          } else later(() => passes() && resolve(JSON.parse(text)));
        });
      });
      return { answer, cancel: () => cancel() };
    },
  };

  function dropAll(reason: string): void {
    for (const connection of [...connections]) connection.drop(reason);
  }

  return {
    sockets,
    http,
    traffic,
    setCable(to: Cable): void {
      cable = to;
      if (to === 'cut') dropAll('transport close');
    },
    /** Simulates a proxy that does not support WebSocket. */
    setWebsocket(to: boolean): void {
      websocket = to;
      if (!to) dropAll('transport close');
    },
    /** Stops or starts the server's process; its disk stays. */
    setServerUp(to: boolean): void {
      serverUp = to;
      if (!to) dropAll('transport close');
    },
    loseAnswers(count: number): void {
      loseAnswers = count;
    },
    /** Sends every connected display a beat with the digest now. */
    beatDigest(): void {
      for (const connection of connections) connection.session.beat(true);
    },
  };
}

import type { Http, Sockets } from '#core/ports.ts';
import { type Cable, createConditions } from './conditions.ts';
import type { CrashPoint } from './crash-point.ts';
import { createWireHttp } from './wire-http.ts';
import type { WireOptions } from './wire-parts.ts';
import { createWireSockets, ENGINE_MS } from './wire-sockets.ts';

export type Wire = ReturnType<typeof createWire>;

/**
 * Sockets and HTTP between one display and the server, with random latency. Only messages of one connection keep their order.
 * A cut cable loses messages in transit; messages of a dead server may still arrive.
 */
export function createWire(options: WireOptions) {
  const { after, random } = options;
  const conditions = createConditions(random);
  const sockets = createWireSockets({ ...options, conditions });
  const http = createWireHttp({ ...options, conditions });
  const { connections, hangUp } = sockets;

  return {
    /** The ports of one life of the display's program. */
    plug: (crash: CrashPoint): { sockets: Sockets; http: Http } => ({
      sockets: sockets.plug(crash),
      http: http.plug(crash),
    }),
    cable: (): Cable => conditions.cable,
    setCable(to: Cable): void {
      const before = conditions.cable;
      conditions.cable = to;
      if (to === 'cut') {
        hangUp('transport close');
        http.reset();
      } else if (to !== 'whole' && before === 'whole') {
        const then = [...connections];
        after(ENGINE_MS, () => {
          if (conditions.cable === 'whole') return;
          for (const one of then) one.socket.lost('ping timeout');
        });
      } else if (to === 'whole') for (const one of connections) if (!one.socket.connected) one.over('transport close');
    },
    /** Simulates a proxy without WebSocket. */
    setWebsockets(to: boolean): void {
      conditions.websockets = to;
      if (!to) hangUp('transport close');
    },
    /** Extra latency, ms. */
    setSlow(ms: number): void {
      conditions.slow = ms;
    },
    loseMessages: conditions.loseMessages,
    loseAnswers: conditions.loseAnswers,
    /** The server's process has died, and its system closes the connections. */
    serverDied(): void {
      hangUp('transport close');
      for (const over of http.requests) after(conditions.latency(), () => over('connection reset'));
    },
    /** The display's program has died. `power`: its connections are not closed. */
    displayDied(power: boolean): void {
      for (const one of connections)
        after(power ? ENGINE_MS : conditions.latency(), () => one.socket.lost('transport close'));
      connections.clear();
      http.requests.clear();
    },
  };
}

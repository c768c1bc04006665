import { HANDSHAKE_REFUSALS } from '#contract/errors.ts';
import type { Http, HttpAnswer, Sockets } from '#core/ports.ts';
import type { Random } from '#test/support/random.ts';
import type { CrashPoint } from './crash-point.ts';
import type { MemorySocket } from './memory-socket-io.ts';
import type { ServerLife } from './sim-server.ts';

/** `silent` loses everything without an error; `mute` only messages to the server, `deaf` only messages from it. */
export type Cable = 'whole' | 'cut' | 'silent' | 'mute' | 'deaf';

/** The engine's ping timeout, ms (contract, section 6). */
const ENGINE_MS = 10_000;

/** What the wire reports to the checks. */
export interface WireWatch {
  /** The display sends commands; call the result with the answer. */
  commandsSent(): (answer: unknown | null) => void;
  /** The display checks the ledger. */
  ledgerAsked(): void;
  /** The display confirms this position. */
  got(cursor: number): void;
  /** The server answers commands. */
  answered(answer: unknown): void;
  /** How many batches are unconfirmed. */
  ahead(batches: number): void;
}

export interface WireOptions {
  now(): number;
  after(ms: number, run: () => void): unknown;
  random: Random;
  server(): ServerLife | null;
  watch: WireWatch;
}

interface Connection {
  server: ServerLife;
  socket: MemorySocket;
  /** Tells the display that the connection is over. */
  over(reason: string): void;
}

export type Wire = ReturnType<typeof createWire>;

/**
 * Sockets and HTTP between one display and the server, with random latency. Only messages of one connection keep their order.
 * A cut cable loses messages in transit; messages of a dead server may still arrive.
 */
export function createWire({ now, after, random, server, watch }: WireOptions) {
  let cable: Cable = 'whole';
  let websockets = true;
  let slow = 0;
  let loseAnswers = 0;
  let holes = 0;
  const connections = new Set<Connection>();
  const requests = new Set<(why: string) => void>();

  const latency = (): number => random.int(1, 20) + (slow > 0 ? random.int(0, slow) : 0);
  const goesUp = (): boolean => cable === 'whole' || cable === 'deaf';
  const comesDown = (): boolean => cable === 'whole' || cable === 'mute';

  /** One direction of one connection: late, never out of order. */
  function createLane(): (run: () => void) => void {
    let last = 0;
    return (run) => {
      last = Math.max(last, now() + latency());
      after(last - now(), run);
    };
  }

  /** The ports of one life of the display's program. */
  function plug(crash: CrashPoint): { sockets: Sockets; http: Http } {
    const sockets: Sockets = {
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
        const deliver = (run: () => void): void => down(() => comesDown() && holes-- <= 0 && arrive(run));
        const fail = (reason: string): void => down(() => arrive(() => end(() => events.failed(reason))));

        up(() => {
          const there = server();
          if (cable === 'cut' || (cable === 'whole' && (!there || !websockets))) return fail('connect failed');
          if (!goesUp() || !there) return;
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
            if (!connection || !goesUp() || connection.server.crash.dead) return;
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
                if (event === 'commands' && loseAnswers > 0) {
                  loseAnswers--;
                  return hangUp('transport close');
                }
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
            if (left) after(cable === 'cut' || goesUp() ? latency() : ENGINE_MS, () => left.socket.lost('closed'));
          },
        };
      },
    };
    return { sockets, http: createHttp(crash) };
  }

  function createHttp(crash: CrashPoint): Http {
    return {
      request(request) {
        let cancel = (): void => {};
        const isCommands = request.url.endsWith('/commands');
        const isSlow = request.url.endsWith('/snapshot');
        crash.pass('display, before a request');
        const onAnswer = isCommands ? watch.commandsSent() : null;
        if (request.url.endsWith('/known')) watch.ledgerAsked();
        const answer = new Promise<HttpAnswer>((resolve, reject) => {
          const over = (why: string): void => {
            requests.delete(over);
            if (crash.dead) return;
            onAnswer?.(null);
            reject(new Error(why));
          };
          cancel = () => over('cancelled');
          requests.add(over);
          const answerWith = (whole: HttpAnswer): void => {
            after(random.chance(isSlow ? 0.5 : 0.1) ? random.int(500, 9_000) : latency(), () => {
              if (!comesDown() || !requests.delete(over) || crash.dead) return;
              crash.pass('display, before a reply');
              onAnswer?.(whole.body);
              resolve(whole);
            });
          };
          after(latency(), () => {
            const there = server();
            if (cable === 'cut' || (cable === 'whole' && !there)) return over('connect failed');
            if (!goesUp() || !there) return;
            if (random.chance(0.03))
              return answerWith({ status: random.pick([200, 401, 502]), body: null, retryAfterMs: null });
            void reply(there, request, isCommands).then((whole) => whole && answerWith(whole));
            // A proxy that repeats the request.
            if (isCommands && random.chance(0.1)) void reply(there, request, isCommands);
          });
        });
        return { answer, cancel: () => cancel() };
      },
    };
  }

  async function reply(life: ServerLife, request: Parameters<Http['request']>[0], isCommands: boolean) {
    const whole = await life.ask(request);
    if (!whole) return null;
    survive(() => life.crash.pass('server, before a reply'));
    if (life.crash.dead) return null;
    if (isCommands && whole.status === 200) watch.answered(whole.body);
    survive(() => life.crash.pass('server, after a reply'));
    if (isCommands && loseAnswers > 0) {
      loseAnswers--;
      for (const over of requests) over('connection reset');
      return null;
    }
    return whole;
  }

  function hangUp(reason: string): void {
    for (const connection of [...connections]) {
      connections.delete(connection);
      connection.over(reason);
      connection.socket.lost(reason);
    }
  }

  return {
    plug,
    cable: (): Cable => cable,
    setCable(to: Cable): void {
      const before = cable;
      cable = to;
      if (to === 'cut') {
        hangUp('transport close');
        for (const over of requests) over('connection reset');
      } else if (to !== 'whole' && before === 'whole') {
        const then = [...connections];
        after(ENGINE_MS, () => {
          if (cable === 'whole') return;
          for (const one of then) one.socket.lost('ping timeout');
        });
      } else if (to === 'whole') for (const one of connections) if (!one.socket.connected) one.over('transport close');
    },
    /** Simulates a proxy without WebSocket. */
    setWebsockets(to: boolean): void {
      websockets = to;
      if (!to) hangUp('transport close');
    },
    /** Extra latency, ms. */
    setSlow(ms: number): void {
      slow = ms;
    },
    /** Loses the next messages to the display on a live connection. */
    lose(messages: number): void {
      holes = messages;
    },
    loseAnswers(count: number): void {
      loseAnswers = count;
    },
    /** The server's process has died, and its system closes the connections. */
    serverDied(): void {
      hangUp('transport close');
      for (const over of requests) after(latency(), () => over('connection reset'));
    },
    /** The display's program has died. `power`: its connections are not closed. */
    displayDied(power: boolean): void {
      for (const one of connections) after(power ? ENGINE_MS : latency(), () => one.socket.lost('transport close'));
      connections.clear();
      requests.clear();
    },
  };
}

/** Passes a crash point of the server outside its own code. */
function survive(pass: () => void): void {
  try {
    pass();
  } catch {
    // It is dead now; callers check that.
  }
}

import type { Http, HttpAnswer } from '#core/ports.ts';
import { type CrashPoint, survive } from './crash-point.ts';
import type { ServerLife } from './sim-server.ts';
import type { WireParts } from './wire-parts.ts';

/** The display's HTTP requests; those in flight are in `requests`. */
export function createWireHttp({ after, random, server, watch, conditions }: WireParts) {
  /** Call one to end its request. */
  const requests = new Set<(why: string) => void>();

  /** The port of one life of the display's program. */
  const plug = (crash: CrashPoint): Http => ({
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
          after(random.chance(isSlow ? 0.5 : 0.1) ? random.int(500, 9_000) : conditions.latency(), () => {
            if (!conditions.comesDown() || !requests.delete(over) || crash.dead) return;
            crash.pass('display, before a reply');
            onAnswer?.(whole.body);
            resolve(whole);
          });
        };
        after(conditions.latency(), () => {
          const there = server();
          if (conditions.cable === 'cut' || (conditions.cable === 'whole' && !there)) return over('connect failed');
          if (!conditions.goesUp() || !there) return;
          if (random.chance(0.03))
            return answerWith({ status: random.pick([200, 401, 502]), body: null, retryAfterMs: null });
          void reply(there, request, isCommands).then((whole) => whole && answerWith(whole));
          // A proxy that repeats the request.
          if (isCommands && random.chance(0.1)) void reply(there, request, isCommands);
        });
      });
      return { answer, cancel: () => cancel() };
    },
  });

  async function reply(life: ServerLife, request: Parameters<Http['request']>[0], isCommands: boolean) {
    const whole = await life.ask(request);
    if (!whole) return null;
    survive(() => life.crash.pass('server, before a reply'));
    if (life.crash.dead) return null;
    if (isCommands && whole.status === 200) watch.answered(whole.body);
    survive(() => life.crash.pass('server, after a reply'));
    if (!isCommands || !conditions.losesAnswer()) return whole;
    reset();
    return null;
  }

  const reset = (): void => {
    for (const over of requests) over('connection reset');
  };
  return { plug, requests, reset };
}

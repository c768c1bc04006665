import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import type { Part } from '../loads/load.ts';
import { nextOrder, sendAtRate } from '../loads/send-orders.ts';
import { startTicketrail, type Ticketrail } from '../subjects/ticketrail.ts';
import { spread } from '../support.ts';

/** What orders are placed beside: a server with one store. */
export interface Case {
  /** Settings of its server. */
  environment?: Record<string, string>;
  /** Once the server and its store are there. */
  begin?(server: Ticketrail, storeId: string): Promise<void>;
  /** Runs as long as each of its turns. @param ended says when that ends */
  during?(ended: AbortSignal): Promise<void>;
}

/** A turn of {@link costOfOrders}. */
export interface CostTurn {
  /** ms until an order was answered. */
  answered: number[];
  cpu: number;
  commits: number;
}

const PER_SECOND = 50;
/** Short, so that what else the machine does meets all alike. */
const SECONDS = 1;
const WARM_UP_SECONDS = 5;
/** Aims: what those who order may notice. Two cases of nothing show how much of it is noise. */
const AT_MOST = { answered_p50_ms: 1.1, answered_p99_ms: 1.3 };

/** What those who order notice of what else a server does. @param cases the first is what the others are compared with */
export function costOfOrders<Name extends string>(
  title: string,
  cases: Record<Name, Case>,
): Part<CostTurn, Name, Ticketrail> {
  const names = Object.keys(cases) as Name[];
  const [first, ...others] = names as [Name, ...Name[]];
  return {
    title,
    what: `${PER_SECOND} orders a second, beside each of these, which have a server each; turns of ${SECONDS} s.`,
    subjects: names,
    rounds: 4,
    turns: 10,
    start: (name, isProfiled) => startTicketrail({ environment: cases[name].environment ?? {}, isProfiled }),
    async begin(server, name) {
      const { begin, during } = cases[name];
      const store = await server.addStore(0);
      await begin?.(server, store.id);
      const send = () => store.order(nextOrder());
      await sendAtRate(PER_SECOND, WARM_UP_SECONDS, send);

      return async () => {
        const before = await commitsOf(server);
        const ended = new AbortController();
        let answered: number[] = [];
        const cpu = await server.during(async () => {
          const beside = during?.(ended.signal);
          ({ answered } = await sendAtRate(PER_SECOND, SECONDS, send));
          ended.abort();
          await beside;
        });
        return { answered, cpu, commits: (await commitsOf(server)) - before };
      };
    },
    figuresOf(turns) {
      const answered = spread(turns.flatMap((turn) => turn.answered));
      const each = (of: 'cpu' | 'commits') => turns.reduce((sum, turn) => sum + turn[of], 0) / answered.n;
      return {
        answered_p50_ms: answered.p50,
        answered_p99_ms: answered.p99,
        cpu_per_order_ms: each('cpu'),
        commits_per_order: each('commits'),
      };
    },
    aims: others.flatMap((name) =>
      Object.entries(AT_MOST).map(([figure, atMost]) => ({
        what: `${figure === 'answered_p50_ms' ? 'median' : 'p99'}, ${name}`,
        of: [name, figure] as [Name, string],
        than: [first, figure] as [Name, string],
        bound: { atMost },
      })),
    ),
    profiled: [],
  };
}

async function commitsOf(server: Ticketrail): Promise<number> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const text = await (await fetch(`${server.url(0)}/api/v1/metrics`, { headers })).text();
  return Number(/^ticketrail_commits_total\{outcome="durable"\} (\S+)$/m.exec(text)?.[1]);
}

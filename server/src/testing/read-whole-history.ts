import type { Change } from '#contract/sync.ts';
import type { Caller } from '../caller.ts';
import type { Service } from '../service.ts';

/** All pages of an order's history, oldest first. */
export async function readWholeHistory(orders: Service['orders'], caller: Caller, id: string): Promise<Change[]> {
  const history: Change[] = [];
  for (;;) {
    const page = await orders.history(caller, id, history.at(-1)?.seq);
    if (page.length === 0) return history;
    history.push(...page);
  }
}

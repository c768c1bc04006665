import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { until } from '#test/support/until.ts';
import { liesOf } from './lies.ts';
import type { Rig, Wire } from './rig.ts';
import type { Scenario } from './scenarios.ts';

/** For the machine, on top of what the witness saw of its lateness; ms. */
const SLACK_MS = 500;
/** One try that nobody answers (10 s), the longest wait before the next (30 s), and the time to send and fetch. */
const BACK_WITHIN_MS = 60_000;

export interface Verdict {
  faults: string[];
  /** ms from the beginning of the fault until the screen did not say `live`, and from its end until it did again. */
  unliveMs: number | null;
  backMs: number | null;
}

/** Begins a fault on a rig that is live, places orders and taps while it lasts, ends it, and says what was wrong. */
export async function runScenario<W extends Wire>(rig: Rig<W>, scenario: Scenario<W>): Promise<Verdict> {
  const { witness, facts, wire } = rig;
  const faults: string[] = [];
  const orders = [await rig.order(), await rig.order(), await rig.order()] as const;
  if (scenario.expect === 'polling') await rig.changeSettings({ pollSeconds: 5 });
  faults.push(...(await rig.settle(BACK_WITHIN_MS)).map((fault) => `before: ${fault}`));

  const began = performance.now();
  const due = (): number => began + LIVE_WITHIN_MS + SLACK_MS + witness.slack();
  const begin = scenario.begin(rig);
  const inTheGap = await rig.order();
  // At once: into a link that nobody knows to be dead. And later: into one that is known to be.
  await rig.tap(orders[0].id, { type: 'set_status', payload: { from: 'pending', to: 'preparing' } });
  await rig.tap(orders[1].id, { type: 'set_due', payload: { dueAt: new Date(Date.now() + 900_000).toISOString() } });
  await begin;

  if (scenario.expect === 'dark') {
    await until('the server knows too', async () => !(await rig.seenByServer()).live || null, due() - began).catch(
      (error: Error) => faults.push(error.message),
    );
    while (performance.now() < due()) await sleep(50);
  }
  await rig.tap(orders[0].id, { type: 'set_status', payload: { from: 'preparing', to: 'ready' } });
  await rig.tap(orders[2].id, { type: 'acknowledge', payload: {} });
  if (scenario.expect === 'polling') {
    const polls = async () => (await rig.status()).link.state === 'polling';
    const current = async () => (await rig.read(orders[0].id)).status === 'ready' && witness.tickets().has(inTheGap.id);
    await until('polling', polls, BACK_WITHIN_MS);
    await until('taps and orders go by HTTP', current, BACK_WITHIN_MS);
  }
  while (performance.now() < began + scenario.holdMs) await sleep(50);

  const { link } = await rig.status();
  const ended = performance.now();
  const wall = Date.now();
  await wire.mend();
  if (scenario.refresh) await rig.refresh();
  faults.push(...(await rig.settle(BACK_WITHIN_MS)));

  // What was said while it lasted.
  const said = witness.states().filter(({ at }) => at >= began && at < ended);
  if (scenario.expect === 'dark' || scenario.expect === 'polling') {
    const late = witness.claims().filter(({ at }) => at > due() && at < ended);
    if (late.length > 0) faults.push(`said live ${late.length} times while nothing could prove it`);
    // Whoever comes back says live only with everything that happened meanwhile.
    const first = witness.claims().find(({ at }) => at > ended);
    const before = facts.filter(({ at }) => at < ended);
    if (first) faults.push(...liesOf([first], before, 0).map((lie) => `back too soon: ${lie}`));
  }
  if (scenario.expect === 'dark') {
    if (said.some(({ state }) => state === 'polling')) faults.push('said polling, and HTTP was dead as well');
    if (link.cause !== 'server_away') faults.push(`the cause was said to be ${link.cause}`);
    if (wall - (link.lastWordAt ?? 0) < ended - due())
      faults.push('the last good word was said to be newer than it was');
  }
  if (scenario.expect === 'steady' && said.some(({ state }) => state !== 'live' && state !== 'catching_up'))
    faults.push(`was not steady: ${said.map(({ state }) => state)}`);
  faults.push(...liesOf(witness.claims(), facts, LIVE_WITHIN_MS + SLACK_MS + witness.slack()));
  const unlive = said.find(({ state }) => state !== 'live');
  const back = witness.states().find(({ at, state }) => at > ended && state === 'live');
  return { faults, unliveMs: unlive ? unlive.at - began : null, backMs: back ? back.at - ended : null };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

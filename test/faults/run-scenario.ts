import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { until } from '#test/support/until.ts';
import { falseClaims } from './false-claims.ts';
import type { Rig, Wire } from './rig.ts';
import type { Scenario } from './scenarios.ts';

/** Allowed on top of the delays that the observer measured; ms. */
const SLACK_MS = 500;
/** A timed-out attempt (10 s), the longest back-off before the next (30 s), and time to send and fetch. */
const BACK_WITHIN_MS = 60_000;

export interface ScenarioResult {
  faults: string[];
  /** ms from the start of the fault until the screen did not show `live`, and from its end until it did again. */
  unliveMs: number | null;
  backMs: number | null;
}

/** Starts a fault on a live rig, places orders and taps while it lasts, ends it, and reports what was wrong. */
export async function runScenario<W extends Wire>(rig: Rig<W>, scenario: Scenario<W>): Promise<ScenarioResult> {
  const { observer, facts, wire } = rig;
  const faults: string[] = [];
  const orders = [await rig.order(), await rig.order(), await rig.order()] as const;
  if (scenario.expect === 'polling') await rig.changeSettings({ pollSeconds: 5 });
  faults.push(...(await rig.settle(BACK_WITHIN_MS)).map((fault) => `before: ${fault}`));

  const began = performance.now();
  const due = (): number => began + LIVE_WITHIN_MS + SLACK_MS + observer.slack();
  const begin = scenario.begin(rig);
  const inTheGap = await rig.order();
  // Tap now, while the display does not know that the link is dead, and later, when it does.
  await rig.tap(orders[0].id, { type: 'set_status', payload: { from: 'pending', to: 'preparing' } });
  await rig.tap(orders[1].id, { type: 'set_due', payload: { dueAt: new Date(Date.now() + 900_000).toISOString() } });
  await begin;

  if (scenario.expect === 'dark') {
    await until(
      'the server sees it as away',
      async () => !(await rig.seenByServer()).live || null,
      due() - began,
    ).catch((error: Error) => faults.push(error.message));
    while (performance.now() < due()) await sleep(50);
  }
  await rig.tap(orders[0].id, { type: 'set_status', payload: { from: 'preparing', to: 'ready' } });
  await rig.tap(orders[2].id, { type: 'acknowledge', payload: {} });
  if (scenario.expect === 'polling') {
    const polls = async () => (await rig.status()).link.state === 'polling';
    const current = async () =>
      (await rig.read(orders[0].id)).status === 'ready' && observer.tickets().has(inTheGap.id);
    await until('polling', polls, BACK_WITHIN_MS);
    await until('taps and orders go by HTTP', current, BACK_WITHIN_MS);
  }
  while (performance.now() < began + scenario.holdMs) await sleep(50);

  const { link } = await rig.status();
  const ended = performance.now();
  const wall = Date.now();
  await wire.repair();
  if (scenario.refresh) await rig.refresh();
  faults.push(...(await rig.settle(BACK_WITHIN_MS)));

  // What the screen showed during the fault.
  const shown = observer.states().filter(({ at }) => at >= began && at < ended);
  if (scenario.expect === 'dark' || scenario.expect === 'polling') {
    const late = observer.claims().filter(({ at }) => at > due() && at < ended);
    if (late.length > 0) faults.push(`said live ${late.length} times without proof`);
    // The first `live` after the fault requires everything that happened during it.
    const first = observer.claims().find(({ at }) => at > ended);
    const before = facts.filter(({ at }) => at < ended);
    if (first) faults.push(...falseClaims([first], before, 0).map((claim) => `live too soon: ${claim}`));
  }
  if (scenario.expect === 'dark') {
    if (shown.some(({ state }) => state === 'polling')) faults.push('said polling although HTTP was dead as well');
    if (link.cause !== 'server_away') faults.push(`the cause shown was ${link.cause}`);
    if (wall - (link.lastWordAt ?? 0) < ended - due())
      faults.push('the last word from the server was shown as newer than it was');
  }
  if (scenario.expect === 'steady' && shown.some(({ state }) => state !== 'live' && state !== 'catching_up'))
    faults.push(`was not steady: ${shown.map(({ state }) => state)}`);
  faults.push(...falseClaims(observer.claims(), facts, LIVE_WITHIN_MS + SLACK_MS + observer.slack()));
  const unlive = shown.find(({ state }) => state !== 'live');
  const back = observer.states().find(({ at, state }) => at > ended && state === 'live');
  return { faults, unliveMs: unlive ? unlive.at - began : null, backMs: back ? back.at - ended : null };
}

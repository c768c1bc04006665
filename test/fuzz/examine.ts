import type { CommandResult } from '#contract/command.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import { DAY_MS } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Board } from '#contract/ticket.ts';
import type { SimDisplay } from './sim-display.ts';
import type { Simulation } from './simulation.ts';

/** One device in the server's file: its results by command id, and the commands with an effect. */
interface Ledger {
  results: ReadonlyMap<string, CommandResult>;
  effects: ReadonlySet<string>;
}

/** Checks the end of a run, when everything is repaired and quiet. @returns the violations */
export async function examine(sim: Simulation): Promise<string[]> {
  const life = sim.life();
  if (!life) return ['the server is down'];
  const wrong: string[] = [];
  const causes = life.look
    .prepare<[], { deviceId: string; commandId: string; times: number }>(
      `SELECT cause_device AS deviceId, cause_command AS commandId, count(*) AS times FROM changes
       WHERE cause_device IS NOT NULL GROUP BY 1, 2`,
    )
    .all();
  for (const { deviceId, commandId, times } of causes)
    if (times > 1) wrong.push(`[C2] ${commandId} of ${deviceId} had its effect ${times} times`);
  for (const { id, version } of sim.lostWrites())
    wrong.push(`version ${version} of order ${id} was answered and is gone`);

  const shown = new Map(sim.displays.map((display) => [display, refusalsOn(display)]));
  for (const display of sim.displays) {
    const board = await display.board();
    const status = await display.status();
    if (!board || !status) wrong.push(`${display.name} is not up`);
    else
      wrong.push(
        ...[...picture(sim, board, status), ...missing(sim, display)].map((words) => `${display.name} ${words}`),
      );
    const { deviceId } = display.device;
    const answers = life.look
      .prepare<[string], { commandId: string; result: string }>(
        'SELECT command_id AS commandId, result FROM commands WHERE device_id = ?',
      )
      .all(deviceId);
    const results = new Map(answers.map((row) => [row.commandId, JSON.parse(row.result) as CommandResult]));
    const effects = new Set(causes.filter((cause) => cause.deviceId === deviceId).map(({ commandId }) => commandId));
    const twins = sim.displays.filter(({ device }) => device === display.device);
    const shownSomewhere = new Set(twins.flatMap((one) => [...(shown.get(one) ?? [])]));
    wrong.push(...queue(display, { results, effects }, shownSomewhere).map((words) => `${display.name} ${words}`));
  }
  return wrong;
}

/** Every display shows the server's orders, is live, and rings for unseen orders. */
function picture({ oracle }: Simulation, board: Board, status: DisplayStatus): string[] {
  const wrong: string[] = [];
  const orders = oracle.at(oracle.head().hash)?.orders ?? new Map<string, string>();
  const shown = new Map(board.tickets.map(({ order }) => [order.id, JSON.stringify(order)]));
  if (status.link.state !== 'live') wrong.push(`is ${status.link.state}`);
  for (const [id, body] of orders) {
    const { status } = JSON.parse(body);
    if (isOpen(status) ? shown.get(id) !== body : (shown.get(id) ?? body) !== body)
      wrong.push(`shows order ${id} not as the server has it`);
  }
  for (const id of shown.keys()) if (!orders.has(id)) wrong.push(`shows order ${id}, which the server does not have`);
  if (board.tickets.some(({ pending }) => pending)) wrong.push('marks a ticket pending');
  if (status.queueCount > 0) wrong.push(`has ${status.queueCount} unanswered`);
  // These stay until a person dismisses them.
  const lasting: readonly string[] = ['server_restored', 'clock_wrong', 'queue_set_aside'];
  const troubles = status.troubles.filter((trouble) => !lasting.includes(trouble));
  if (troubles.length > 0) wrong.push(`says ${troubles.join()}`);
  return wrong;
}

/** What a wrong clock deleted is there again, unless it was itself dated by one. */
function missing({ oracle, clock }: Simulation, display: SimDisplay): string[] {
  const kept = new Set(
    display
      .cache()
      ?.versions()
      .map(({ id }) => id),
  );
  const orders = [...(oracle.at(oracle.head().hash)?.orders.values() ?? [])].map((body) => JSON.parse(body) as Order);
  return orders
    .filter(({ id, updatedAt }) => !kept.has(id) && Date.parse(updatedAt) > clock.wall() - DAY_MS)
    .map(({ id }) => `does not have order ${id}`);
}

/** Every tap answered `ok` is in the server's ledger, in order, and every refusal is shown. */
function queue(display: SimDisplay, ledger: Ledger, shownSomewhere: ReadonlySet<string>): string[] {
  const wrong: string[] = [];
  const rows = display.rows();
  const shown = refusalsOn(display);
  const byId = new Map(rows.map((row) => [row.commandId, row]));
  for (const { commandId, intent, ok } of display.taps.values()) {
    const row = byId.get(commandId);
    const which = `tap ${commandId} (${intent?.type})`;
    if (!row && !ok) continue;
    const result = ledger.results.get(commandId);
    if (row && !row.answer) wrong.push(`has no answer to ${which}`);
    else if (!result) wrong.push(`has lost ${which}: the server does not have it`);
    if (result?.outcome === 'applied' && !ledger.effects.has(commandId))
      wrong.push(`${which} is applied and changed nothing`);
    if (row?.answer?.outcome === 'rejected' && !shown.has(commandId))
      wrong.push(`does not tell that ${which} was refused`);
    if (result?.outcome === 'rejected' && !shownSomewhere.has(commandId))
      wrong.push(`was refused ${which} and does not tell`);
  }
  const answered = rows.flatMap((row) => ledger.results.get(row.commandId) ?? []);
  for (const [i, { commandId, seq }] of answered.entries())
    if (seq < (answered[i - 1]?.seq ?? 0)) wrong.push(`[C3] ${commandId} was done before the tap it came after`);
  return wrong;
}

/** Ids of the refusals shown on this display. */
const refusalsOn = (display: SimDisplay): ReadonlySet<string> =>
  new Set([...(display.queue()?.failedCommands() ?? []).map(({ id }) => id), ...display.dismissed]);

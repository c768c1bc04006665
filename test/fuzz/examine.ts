import type { Board, DisplayStatus } from '#contract/bridge.ts';
import type { CommandResult } from '#contract/command.ts';
import { isOpen } from '#contract/status.ts';
import type { SimDisplay, Tap } from './sim-display.ts';
import type { Simulation } from './simulation.ts';

interface Ledger {
  n: number;
  commandId: string;
  result: CommandResult;
}

/** By what a display's taps are judged. */
interface Judged {
  ledger: readonly Ledger[];
  /** What this machine brought: a tap that lies on two disks, since one was copied, is each machine's own. */
  own: readonly Ledger[];
  /** Numbers that had an effect. */
  effects: ReadonlySet<number>;
  /** Refusals that were told on one of the machines that count with this token. */
  somewhere: ReadonlySet<string>;
}

/** What must hold when all is mended and quiet. @returns what does not */
export async function examine(sim: Simulation): Promise<string[]> {
  const life = sim.life();
  if (!life) return ['the server is down'];
  const wrong: string[] = [];
  const causes = life.look
    .prepare<[], { deviceId: string; n: number; times: number }>(
      `SELECT cause_device AS deviceId, cause_n AS n, count(*) AS times FROM changes
       WHERE cause_device IS NOT NULL GROUP BY 1, 2`,
    )
    .all();
  for (const { deviceId, n, times } of causes)
    if (times > 1) wrong.push(`[C2] number ${n} of ${deviceId} had its effect ${times} times`);
  for (const { id, version } of sim.forgotten())
    wrong.push(`version ${version} of order ${id} was answered and is gone`);

  const told = new Map(sim.displays.map((display) => [display, toldBy(display)]));
  for (const display of sim.displays) {
    const board = await display.board();
    const status = await display.status();
    if (!board || !status) wrong.push(`${display.name} is not up`);
    else wrong.push(...picture(sim, board, status).map((words) => `${display.name} ${words}`));
    const ledger = life.look
      .prepare<[string], { n: number; commandId: string; result: string }>(
        'SELECT n, command_id AS commandId, result FROM commands WHERE device_id = ?',
      )
      .all(display.device.deviceId)
      .map((row) => ({ ...row, result: JSON.parse(row.result) as CommandResult }));
    const effects = new Set(causes.filter((c) => c.deviceId === display.device.deviceId).map(({ n }) => n));
    const twins = sim.displays.filter(({ device }) => device === display.device);
    const somewhere = new Set(twins.flatMap((one) => [...(told.get(one) ?? [])]));
    const own = twins.length > 1 ? ledger.filter(({ commandId }) => display.came.has(commandId)) : ledger;
    wrong.push(...queue(display, { ledger, own, effects, somewhere }).map((words) => `${display.name} ${words}`));
  }
  return wrong;
}

/** Every display has what the server has, says that it is live, and rings for what nobody has seen. */
function picture({ truth }: Simulation, board: Board, status: DisplayStatus): string[] {
  const wrong: string[] = [];
  const orders = truth.at(truth.head().hash)?.orders ?? new Map<string, string>();
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
  // That the server was set back is said until somebody has read it; that a clock is hours off, as long as it is.
  const troubles = status.troubles.filter((trouble) => trouble !== 'server_restored' && trouble !== 'clock_wrong');
  if (troubles.length > 0) wrong.push(`says ${troubles.join()}`);
  return wrong;
}

/** Every tap that was answered `ok` has one answer in the server's ledger, and had its effect at most once. */
function queue(display: SimDisplay, { ledger, own, effects, somewhere }: Judged): string[] {
  const wrong: string[] = [];
  const rows = new Map(display.rows().map((row) => [row.id, row]));
  const told = toldBy(display);
  for (const tap of display.taps.values()) {
    const row = rows.get(tap.rowId);
    const which = `tap ${tap.rowId} (${tap.intent?.type})`;
    if (!row) {
      if (tap.told) wrong.push(`has lost ${which}`);
      continue;
    }
    const answers = own.filter(({ commandId }) => tap.commandIds.has(commandId));
    const known = ledger.some(({ n, commandId }) => n === row.n && commandId === row.commandId);
    if (!row.answer) wrong.push(`has no answer to ${which}`);
    else if (!known) wrong.push(`has an answer to ${which} that the server has not`);
    if (answers.length > 1) wrong.push(`has ${answers.length} answers to ${which}`);
    if (answers.filter(({ n }) => effects.has(n)).length > 1) wrong.push(`${which} had its effect twice`);
    if (row.answer?.outcome === 'rejected' && !isTold(tap, told)) wrong.push(`does not tell that ${which} was refused`);
    const refused = ledger.filter(
      ({ commandId, result }) => result.outcome === 'rejected' && tap.commandIds.has(commandId),
    );
    if (refused.length > 0 && !isTold(tap, somewhere)) wrong.push(`was refused ${which} and does not tell`);
  }
  return wrong;
}

/** The refusals that a person was told of on this display, by the ids that they had. */
const toldBy = (display: SimDisplay): ReadonlySet<string> =>
  new Set([...(display.queue()?.failedCommands() ?? []).map(({ id }) => id), ...display.dismissed]);

const isTold = (tap: Tap, told: ReadonlySet<string>): boolean => [...tap.commandIds].some((id) => told.has(id));

import type { Diagnosis } from '#contract/diagnosis.ts';
import type { DisplayOptions } from '../display.ts';
import type { DisplayCore } from '../display-core.ts';
import type { MachineDiagnostics, Ports } from '../ports.ts';
import { queueView } from '../queue/waiting.ts';
import { hideSecrets, withoutSecrets } from './secrets.ts';

/** The newest entries of the history, some three busy days; the whole of it has an export of its own. */
const MOST_ENTRIES = 40_000;

/**
 * Everything that tells what is wrong with a display, as one archive that can be sent to anybody: no token, no PIN, and
 * nothing about a customer.
 *
 * @throws StorageError when the cache cannot be read
 */
export async function exportDiagnosis(
  core: DisplayCore,
  { clock }: Pick<Ports, 'clock'>,
  { appVersion, connection }: Pick<DisplayOptions, 'appVersion' | 'connection'>,
  machine: MachineDiagnostics,
): Promise<Diagnosis> {
  const { settings, failedCommands: _, ...status } = core.status();
  const madeAt = new Date(core.now()).toISOString();
  const known = [(await connection.read())?.token ?? ''];
  const hide = (text: string): string => hideSecrets(text, known);
  const history = await lastHistory(core, clock, hide);
  const about = {
    appVersion,
    /** Server time; how far this machine's clock is from it stands in the status. */
    madeAt,
    history: { complete: history.complete },
    machine: await machine.facts(),
  };
  const files = {
    'about.json': about,
    'status.json': status,
    'settings.json': settings,
    // The order that it belongs to has a customer.
    'failedCommand.json': core.failedCommands
      .all()
      .map(({ order, ...rest }) => ({ ...rest, status: order?.status ?? null })),
    'queue.json': queueView(core),
    'path-figures.json': core.history.figures(),
  };
  const asText = Object.entries(files).map(([name, data]) => [
    name,
    hide(JSON.stringify(withoutSecrets(data), null, 2)),
  ]);
  const base64 = await machine.zip({
    ...Object.fromEntries(asText),
    'history.jsonl': history.lines,
    'log.txt': hide(await machine.lastLogLines()),
  });
  return { name: `ticketrail-diagnosis-${madeAt.slice(0, 16).replace(':', '-')}.zip`, base64 };
}

/** Part by part, so that the screen and the link go on between two of them. */
async function lastHistory({ history }: DisplayCore, clock: Ports['clock'], hide: (text: string) => string) {
  const parts: string[] = [];
  let lines = 0;
  let before: number | null = null;
  do {
    const part = history.export(before);
    parts.push(hide(part.lines));
    lines += part.lines.split('\n').length - 1;
    before = part.nextBefore;
    await new Promise<void>((next) => clock.after(0, next));
  } while (before !== null && lines < MOST_ENTRIES);
  return { lines: parts.join(''), complete: before === null };
}

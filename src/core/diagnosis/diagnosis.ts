import type { Diagnosis } from '#contract/diagnosis.ts';
import type { DisplayOptions } from '../display.ts';
import type { DisplayCore } from '../display-core.ts';
import type { MachineDiagnostics, Ports } from '../ports.ts';
import { queueView } from '../queue/waiting.ts';
import { hideReason, hideSecrets, withoutSecrets } from './secrets.ts';

/** The newest history entries, some three busy days; there is a separate export of the whole history. */
const MOST_ENTRIES = 40_000;

/**
 * Everything needed to find a fault in a display, as one archive that is safe to send: no token, no PIN, no customer
 * data.
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
    /** Server time; the status contains the offset of this machine's clock. */
    madeAt,
    history: { complete: history.complete },
    machine: await machine.facts(),
  };
  const files = {
    'about.json': about,
    'status.json': status,
    'settings.json': settings,
    // Its order may contain customer data.
    'failedCommand.json': core.failedCommands
      .all()
      .map(({ order, ...rest }) => ({ ...rest, status: order?.status ?? null })),
    'queue.json': queueView(core),
    'path-figures.json': core.history.figures(),
  };
  const asText = Object.entries(files).map(([name, data]) => [
    name,
    hide(JSON.stringify(withoutSecrets(data), hideReason, 2)),
  ]);
  const base64 = await machine.zip({
    ...Object.fromEntries(asText),
    'history.jsonl': history.lines,
    'log.txt': hide(await machine.lastLogLines()),
  });
  return { name: `ticketrail-diagnosis-${madeAt.slice(0, 16).replace(':', '-')}.zip`, base64 };
}

/** One part at a time, so that screen and link keep running in between. */
async function lastHistory({ history }: DisplayCore, clock: Ports['clock'], hide: (text: string) => string) {
  const parts: string[] = [];
  let lines = 0;
  let before: number | null = null;
  do {
    const part = history.export(before);
    const entries = part.lines.split('\n').slice(0, -1);
    parts.push(hide(entries.map((entry) => `${JSON.stringify(JSON.parse(entry), hideReason)}\n`).join('')));
    lines += entries.length;
    before = part.nextBefore;
    await new Promise<void>((next) => clock.after(0, next));
  } while (before !== null && lines < MOST_ENTRIES);
  return { lines: parts.join(''), complete: before === null };
}

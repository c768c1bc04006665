import { type FormEvent, useState } from 'react';
import type { Printer, PrinterDraft, PrintOccasion } from '#contract/printer.ts';
import type { Store } from '#contract/store.ts';
import type { Answer } from '../managing/api.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { useText } from '../managing/page.tsx';
import { SavedLine } from '../managing/saved-line.tsx';
import { useSend } from '../managing/use-send.ts';
import { addressOf, paperName, paperOf, papersFor } from './printer-models.ts';

/** What a printer prints by itself; by hand it always does. */
const BY_ITSELF = ['accepted', 'ready', 'no_display'] as const;
const occasionsOf = (on: readonly PrintOccasion[]) =>
  Object.fromEntries(BY_ITSELF.map((one) => [one, on.includes(one)])) as Record<(typeof BY_ITSELF)[number], boolean>;
type Body = Omit<PrinterDraft, 'station'> & { station: string | null };

/** The fields of a printer, new or not. @param keep stores them */
export function PrinterForm({
  store,
  printer,
  mark,
  button,
  keep,
}: {
  store: Store;
  printer: Printer | null;
  mark: string;
  button: string;
  keep: (body: Body) => Promise<Answer<Printer>>;
}) {
  const { t } = useText();
  const { busy, failure, send } = useSend();
  const [saved, setSaved] = useState(false);
  const first = () => ({
    name: printer?.name ?? '',
    address: printer?.address ?? '',
    paper: paperName(printer ?? { columns: 48, dots: 576 }),
    encoding: printer?.encoding ?? 'raster',
    command: printer?.command ?? 'escpos',
    on: occasionsOf(printer?.on ?? ['accepted', 'no_display']),
    station: printer?.station ?? '',
  });
  const [draft, setDraft] = useState(first);
  const set = (change: Partial<typeof draft>) => {
    setSaved(false);
    setDraft({ ...draft, ...change });
  };
  const { stations } = store.settings;
  const isGone = draft.station !== '' && !stations.some(({ id }) => id === draft.station);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { name, address, paper, encoding, command, on, station } = draft;
    const body = {
      name: name.trim(),
      address: addressOf(address),
      ...paperOf(paper),
      encoding,
      command,
      on: ['manual' as const, ...BY_ITSELF.filter((one) => on[one])],
      station: station === '' ? null : station,
    };
    if (!(await send(() => keep(body)))) return;
    setSaved(printer !== null);
    if (printer === null) setDraft(first());
  }
  return (
    <form data-testid={mark} onSubmit={(event) => void submit(event)}>
      <Field
        label={t('name')}
        hint={t('printers.name.hint')}
        value={draft.name}
        onChange={(name) => set({ name })}
        required
        pattern=".*\S.*"
        maxLength={200}
      />
      <Field
        label={t('printers.address')}
        hint={t('printers.address.hint')}
        value={draft.address}
        onChange={(address) => set({ address })}
        required
        maxLength={255}
        dir="ltr"
        placeholder="192.168.1.50:9100"
      />
      <fieldset>
        <legend>{t('printers.on')}</legend>
        {BY_ITSELF.map((one) => (
          <label key={one} className="check">
            <input
              type="checkbox"
              checked={draft.on[one]}
              onChange={({ target }) => set({ on: { ...draft.on, [one]: target.checked } })}
            />
            {t(`printers.on.${one}`)}
          </label>
        ))}
      </fieldset>
      {(stations.length > 0 || isGone) && (
        <label className="field">
          <span>{t('printers.station')}</span>
          <select value={draft.station} onChange={(event) => set({ station: event.target.value })}>
            <option value="">{t('printers.station.all')}</option>
            {stations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            {isGone && <option value={draft.station}>{draft.station}</option>}
          </select>
        </label>
      )}
      <label className="field">
        <span>{t('printers.paper')}</span>
        <select value={draft.paper} onChange={(event) => set({ paper: event.target.value })}>
          {papersFor(printer).map(({ name, words }) => (
            <option key={name} value={name}>
              {words === null ? name : t(words)}
            </option>
          ))}
        </select>
      </label>
      <details>
        <summary>{t('sources.more')}</summary>
        <div className="stack">
          <label className="field">
            <span>{t('printers.encoding')}</span>
            <select
              value={draft.encoding}
              onChange={(event) => set({ encoding: event.target.value as Body['encoding'] })}
            >
              <option value="raster">{t('printers.encoding.raster')}</option>
              <option value="text">{t('printers.encoding.text')}</option>
            </select>
          </label>
          <label className="field">
            <span>{t('printers.command')}</span>
            <select value={draft.command} onChange={(event) => set({ command: event.target.value as Body['command'] })}>
              <option value="escpos">{t('printers.command.escpos')}</option>
              <option value="impact">{t('printers.command.impact')}</option>
            </select>
          </label>
        </div>
      </details>
      <FailureLine failure={failure} quotes />
      <div className="row">
        <button type="submit" className="main" disabled={busy}>
          {button}
        </button>
        <SavedLine saved={saved} />
      </div>
    </form>
  );
}

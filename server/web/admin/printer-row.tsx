import { useState } from 'react';
import type { Printer } from '#contract/printer.ts';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { ConfirmRow } from './confirm-row.tsx';
import { PrinterForm } from './printer-form.tsx';

/** One printer: whether it prints, what it prints, and what can be done with it. */
export function PrinterRow({
  printer,
  store,
  onChanged,
}: {
  printer: Printer;
  store: Store;
  onChanged: () => Promise<void>;
}) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const [isEdited, setIsEdited] = useState(false);
  const [asks, setAsks] = useState(false);
  const [isTested, setIsTested] = useState(false);
  const { id, name, address, on, station, trouble, waiting } = printer;
  const stationName = store.settings.stations.find((one) => one.id === station)?.name ?? station;

  async function remove(): Promise<void> {
    if ((await send(() => api('DELETE', `/printers/${id}`))) !== undefined) await onChanged();
  }
  async function test(): Promise<void> {
    setIsTested(false);
    if ((await send(() => api('POST', `/printers/${id}/test`))) === undefined) return;
    // What waits is known only then.
    await onChanged();
    setIsTested(true);
  }
  return (
    <li className="order" data-testid="printer" data-trouble={trouble ?? 'none'}>
      <p className="row">
        <b>
          <bdi>{name}</bdi>
        </b>
        <bdi dir="ltr" className="soft">
          {address}
        </bdi>
        <PrinterState printer={printer} store={store} />
      </p>
      <p className="soft">
        {t('printers.does')}{' '}
        {[...on.map((one) => t(`printers.does.${one}`)), ...(stationName === null ? [] : [stationName])].join(' · ')}
      </p>
      <div className="row">
        <button
          type="button"
          className="plain"
          data-testid="test"
          disabled={busy}
          aria-label={`${t('printers.test')}: ${name}`}
          onClick={() => void test()}
        >
          {t('printers.test')}
        </button>
        <button
          type="button"
          className="plain"
          data-testid="edit"
          aria-expanded={isEdited}
          aria-label={`${t('do.change')}: ${name}`}
          onClick={() => setIsEdited(!isEdited)}
        >
          {t('do.change')}
        </button>
        <button
          type="button"
          className="quiet"
          data-testid="remove"
          aria-label={`${t('do.remove')}: ${name}`}
          onClick={() => setAsks(true)}
        >
          {t('do.remove')}
        </button>
      </div>
      {asks && (
        <ConfirmRow
          question={t('printers.removeSure', { name })}
          busy={busy}
          onYes={() => void remove()}
          onNo={() => setAsks(false)}
        />
      )}
      <FailureLine failure={failure} />
      {isTested && (
        <p role="status" data-testid="tested">
          {t(waiting > 0 ? 'printers.testWaits' : 'printers.testSent')}
        </p>
      )}
      {isEdited && (
        <PrinterForm
          mark="edit-printer"
          button={t('do.save')}
          store={store}
          printer={printer}
          keep={async (body) => {
            const answer = await api<Printer>('PATCH', `/printers/${id}`, body);
            await onChanged();
            return answer;
          }}
        />
      )}
    </li>
  );
}

/** Why it does not print and since when paper waits; without trouble, nothing is known against it. */
function PrinterState({ printer: { trouble, waiting, waitingSince }, store }: { printer: Printer; store: Store }) {
  const { t } = useText();
  const { when } = useFormats(store);
  return (
    <>
      <span className={trouble ? 'late' : 'done'}>{t(trouble ? `printers.trouble.${trouble}` : 'printers.works')}</span>
      {waitingSince !== null && (
        <small data-testid="waiting">{t('printers.waiting', { count: waiting, time: when(waitingSince) })}</small>
      )}
    </>
  );
}

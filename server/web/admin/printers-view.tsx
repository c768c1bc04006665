import { useState } from 'react';
import type { Printer } from '#contract/printer.ts';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { PrinterForm } from './printer-form.tsx';
import { PrinterRow } from './printer-row.tsx';
import { useReading } from './use-reading.ts';

const EVERY_MS = 3_000;

/** The kitchen printers, and what each prints by itself. */
export function PrintersView({ store }: { store: Store }) {
  const { t } = useText();
  const { api } = usePage();
  const { value, failure, read } = useReading<{ printers: Printer[] }>(`/stores/${store.id}/printers`, EVERY_MS);
  const [made, setMade] = useState<string | null>(null);
  return (
    <div className="two">
      <section className="card" aria-labelledby="printers">
        <h2 id="printers">{t('tab.printers')}</h2>
        <p className="soft">{t('printers.hint')}</p>
        <FailureLine failure={failure} />
        {value?.printers.length === 0 && <p>{t('printers.none')}</p>}
        <ul className="stack">
          {value?.printers.map((printer) => (
            <PrinterRow key={printer.id} printer={printer} store={store} onChanged={read} />
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="new-printer">
        <h2 id="new-printer">{t('printers.new')}</h2>
        <PrinterForm
          mark="new-printer"
          button={t('printers.new')}
          store={store}
          printer={null}
          keep={async (body) => {
            const answer = await api<Printer>('POST', `/stores/${store.id}/printers`, body, { once: true });
            setMade(answer.ok ? answer.value.name : null);
            if (answer.ok) await read();
            return answer;
          }}
        />
        {made !== null && (
          <p role="status" className="done">
            {t('printers.made', { name: made })}
          </p>
        )}
      </section>
    </div>
  );
}

import { useState } from 'react';
import type { Order } from '#contract/order.ts';
import type { Printer } from '#contract/printer.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { useReading } from './use-reading.ts';

const EVERY_MS = 10_000;

/** A button for each printer of the shop; nothing in a shop without any. */
export function PrintOrder({ order }: { order: Order }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const { value } = useReading<{ printers: Printer[] }>(`/stores/${order.storeId}/printers`, EVERY_MS);
  const [asked, setAsked] = useState<string | null>(null);
  if (!value || value.printers.length === 0) return null;

  async function print({ id, name }: Printer): Promise<void> {
    setAsked(null);
    const job = await send(() => api('POST', `/orders/${order.id}/print`, { printerId: id }));
    if (job !== undefined) setAsked(name);
  }
  return (
    <div className="stack">
      <div className="row">
        {value.printers.map((printer) => (
          <button
            key={printer.id}
            type="button"
            className="plain"
            data-testid="print"
            disabled={busy}
            onClick={() => void print(printer)}
          >
            {t('printers.print', { name: printer.name })}
          </button>
        ))}
      </div>
      <FailureLine failure={failure} />
      {asked !== null && <p role="status">{t('printers.asked', { name: asked })}</p>}
    </div>
  );
}

import type { Sales } from '#contract/sales.ts';
import { formatMoney } from '#renderer/i18n/format.ts';
import { IsolatedList } from '../managing/isolated-list.tsx';
import { useText } from '../managing/page.tsx';

/** What the revenue leaves out, since amounts of two currencies have no sum. */
export function OtherCurrencies({ of }: { of: Sales['otherCurrencies'] }) {
  const { t, locale } = useText();
  if (of.length === 0) return null;
  return (
    <p className="soft" data-testid="other-currencies">
      {t('figures.otherCurrencies')}{' '}
      <IsolatedList of={of.map(({ currency, totalMinor }) => formatMoney(totalMinor, currency, locale, 'code'))} />
    </p>
  );
}

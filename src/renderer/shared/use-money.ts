import { formatMoney } from '../i18n/format.ts';
import type { View } from '../view-store/view-store.ts';
import { useText, useView } from './screen.tsx';

const display = (view: View) => view.status?.settings.currencyDisplay ?? 'symbol';

/** Writes an amount in the minor unit of its currency as this screen is set to. */
export function useMoney(): (minor: number, currency: string) => string {
  const { locale } = useText();
  const how = useView(display);
  return (minor, currency) => formatMoney(minor, currency, locale, how);
}

import { CircleAlert } from 'lucide-react';
import type { Attention } from '#contract/bridge.ts';
import { STATUSES } from '#contract/status.ts';
import type { Text } from '../i18n/text.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Strip } from './strip.tsx';

const none: Attention[] = [];
const attention = (view: View) => view.status?.attention ?? none;
/** More at once would push the board away; the next one comes when one is dismissed. */
const AT_ONCE = 2;

/** Taps that the server refused (C4): what was wished, what happened, what the order is now; until a person dismisses it. */
export function AttentionStrips() {
  const { actions } = useScreen();
  const text = useText();
  const { t } = text;
  const items = useView(attention);
  return items.slice(0, AT_ONCE).map((item, i) => (
    <Strip
      key={item.id}
      tone="warning"
      mark="strip-attention"
      icon={<CircleAlert aria-hidden="true" />}
      title={t('attention.title', { number: item.orderNumber ?? t('attention.unnumbered'), wish: wished(item, text) })}
      action={{ label: t('attention.dismiss'), run: () => actions.dismissAttention(item.id) }}
    >
      {t(`rejection.${item.code}`)}{' '}
      {item.order ? t('attention.now', { status: t(`status.${item.order.status}`) }) : t('attention.gone')}
      {i === AT_ONCE - 1 && items.length > AT_ONCE && ` (${t('count.more', { count: items.length - AT_ONCE })})`}
    </Strip>
  ));
}

/** The wish in a word: a status by its name, the others by theirs. */
function wished(item: Attention, { t }: Text): string {
  const to = STATUSES.find((status) => status === item.payload.to);
  return item.commandType === 'set_status' && to ? t(`status.${to}`) : t(`wish.${item.commandType}`);
}

import { BellRing } from 'lucide-react';
import { formatList } from '../i18n/format.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { MUTE_MINUTES, useSilenceReason } from '../sound/silence-reason.ts';
import { Banner } from './banner.tsx';

/** The most order numbers to show; nobody reads more. */
const MOST_NUMBERS = 6;

/**
 * Orders that nobody has acknowledged (A1). One button acknowledges them, which silences every screen of the store; another
 * mutes this screen for a while, for example during a phone call.
 */
export function UnseenBanner() {
  const { actions } = useScreen();
  const text = useText();
  const { t } = text;
  const ringing = useView((view) => view.status?.alarm);
  const known = useView((view) => view.board.tickets);
  const silent = useSilenceReason() !== null;
  const ids = ringing?.orderIds ?? [];
  if (ids.length === 0) return null;
  const numbers = ids.map((id) => known.get(id)?.order.number).filter((number) => number !== undefined);
  const named = numbers.slice(0, MOST_NUMBERS);
  if (numbers.length > MOST_NUMBERS) named.push(t('count.more', { count: numbers.length - MOST_NUMBERS }));
  return (
    <Banner
      tone="new"
      mark="strip-unseen"
      icon={<BellRing />}
      title={<span className="figures">{t('unseen.title', { count: ids.length })}</span>}
      other={
        !silent && {
          label: t('sounds.mute', { minutes: MUTE_MINUTES }),
          run: () => actions.ask('mute', { minutes: MUTE_MINUTES }),
        }
      }
      action={{ label: t('unseen.done', { count: ids.length }), run: () => actions.ask('acknowledgeAll', null) }}
    >
      <span className="figures">{formatList(named, text)}</span>
    </Banner>
  );
}

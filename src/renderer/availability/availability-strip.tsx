import { CirclePause, Clock, DoorClosed, UtensilsCrossed } from 'lucide-react';
import type { Availability } from '#contract/availability.ts';
import type { CallInput } from '#contract/bridge.ts';
import { Banner } from '../banners/banner.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { shownLink } from '../view-store/shown-link.ts';
import { sendChange } from './send-change.ts';
import { untilText } from './until-text.ts';
import { useAvailability } from './use-availability.ts';

/**
 * What the store does not take now, each with a button that ends it; without a live link, as of when. A closed store needs no
 * other line.
 */
export function AvailabilityStrip() {
  const screen = useScreen();
  const words = useText();
  const takes = useAvailability();
  const asOf = useView((view) => {
    const { state, lastWordAt } = shownLink(view);
    return state === 'live' ? null : lastWordAt;
  });
  if (!takes) return null;
  const { t, time } = words;
  const { open, pausedUntil, busyUntil, unavailable } = takes;
  const old = asOf !== null && t('link.asOf', { time: time(asOf) });
  const until = (at: string) => ({ time: untilText(at, screen.now(), words) });
  const ends = (patch: CallInput<'setAvailability'>) => () => void sendChange(screen, 'setAvailability', patch);
  return (
    <>
      {!open && (
        <Banner
          tone="warning"
          mark="strip-closed"
          icon={<DoorClosed />}
          title={t('take.closed')}
          action={{ label: t('take.reopen'), run: ends({ open: true }) }}
        >
          {old}
        </Banner>
      )}
      {open && pausedUntil && (
        <Banner
          tone="warning"
          mark="strip-paused"
          icon={<CirclePause />}
          title={t('take.pause.until', until(pausedUntil))}
          action={{ label: t('take.pause.end'), run: ends({ pausedUntil: null }) }}
        >
          {old}
        </Banner>
      )}
      {open && busyUntil && (
        <Banner
          tone="warning"
          mark="strip-busy"
          icon={<Clock />}
          title={t('take.busy.until', until(busyUntil))}
          action={{ label: t('take.busy.end'), run: ends({ busyUntil: null }) }}
          minor
        >
          {old}
        </Banner>
      )}
      <SoldOutBanner dishes={unavailable}>{old}</SoldOutBanner>
    </>
  );
}

/** The first dish and how many more. One is put back by the button, of several a person chooses. */
function SoldOutBanner({ dishes, children }: { dishes: Availability['unavailable']; children: string | false }) {
  const screen = useScreen();
  const { t } = useText();
  const [first, ...more] = dishes;
  if (!first) return null;
  const backOn = () => void sendChange(screen, 'setSoldOut', { name: first.name, soldOut: false, until: null });
  return (
    <Banner
      tone="warning"
      mark="strip-sold-out"
      icon={<UtensilsCrossed />}
      title={
        <>
          {t('take.soldOut')}: <bdi>{first.name}</bdi>
          {more.length > 0 && ' '}
          {more.length > 0 && <bdi dir="ltr">+{more.length}</bdi>}
        </>
      }
      action={
        more.length > 0
          ? { label: t('take.change'), run: () => screen.ui.setState({ panel: 'availability' }) }
          : { label: t('take.backOn'), run: backOn }
      }
      minor
    >
      {children}
    </Banner>
  );
}

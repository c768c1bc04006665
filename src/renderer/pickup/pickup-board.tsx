import { VolumeX } from 'lucide-react';
import { type MouseEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { LinkBadge } from '../header/link-badge.tsx';
import { WallClock } from '../header/wall-clock.tsx';
import { useScreen, useSetting, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { NumberColumn } from './number-column.tsx';
import css from './pickup-board.module.css';
import { pickupOrders } from './pickup-orders.ts';
import { useCalls } from './use-calls.ts';

const board = (view: View) => view.board;

/** The numbers of orders in preparation and of those to be collected, for customers: nothing to touch, no names, no sums. */
export function PickupBoard() {
  const { preparing, ready } = pickupOrders(useView(board));
  useCalls();
  return (
    <div className={css.screen}>
      <header className={css.header}>
        <ShopName />
        <CannotCall />
        <LinkBadge />
        <WallClock />
      </header>
      <main className={css.board} data-testid="board" data-layout="pickup">
        <NumberColumn status="preparing" orders={preparing} />
        <NumberColumn status="ready" orders={ready} />
      </main>
    </div>
  );
}

/** Long enough that no customer does it by accident, ms. */
const HELD_MS = 3_000;

/** The shop's name. Held for three seconds, or pressed by a key, it opens the settings: there is no other way out by touch. */
function ShopName() {
  const { ui } = useScreen();
  const { t } = useText();
  const name = useView((view) => view.status?.store?.name ?? 'Ticketrail');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const open = (): void => ui.setState({ settings: true });
  const release = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hold = (): void => {
    release();
    timer.current = setTimeout(open, HELD_MS);
  };
  const byKey = ({ detail }: MouseEvent): void => {
    if (detail === 0) open();
  };
  return (
    <h1 className={css.shop}>
      <button
        type="button"
        data-testid="hold-for-settings"
        title={t('pickup.settings')}
        onPointerDown={hold}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()}
        onClick={byKey}
      >
        <bdi className="ellipsis">{name}</bdi>
      </button>
    </h1>
  );
}

/** A sign for the staff: numbers are to be called, and this device cannot. */
function CannotCall() {
  const { sound } = useScreen();
  const { t, language } = useText();
  const wanted = useSetting('callNumbers', false);
  const isBlocked = useStore(sound) !== 'ready';
  const hasVoice = useStore(sound.voice).has(language);
  if (!wanted || (hasVoice && !isBlocked)) return null;
  return (
    <VolumeX
      className={css.silent}
      role="img"
      data-testid="cannot-call"
      aria-label={t(hasVoice ? 'sound.blocked' : 'sounds.noVoice')}
    />
  );
}

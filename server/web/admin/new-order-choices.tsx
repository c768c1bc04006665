import { useEffect, useRef, useState } from 'react';
import { isRinging } from '#contract/status.ts';
import { useLive, useText } from '../managing/page.tsx';
import { playBell } from './play-bell.ts';

/** Kept by this browser, since the choice is of this machine and not of the shop. */
const KEY = 'ticketrail-admin-alerts';
interface Choices {
  sound: boolean;
  notify: boolean;
}
const NONE: Choices = { sound: false, notify: false };

function readChoices(): Choices {
  try {
    return { ...NONE, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return NONE;
  }
}

/** Sound and notification for each new order, both only by choice. */
export function NewOrderChoices() {
  const { t } = useText();
  const [choices, setChoices] = useState(readChoices);
  const [denied, setDenied] = useState(false);
  useNewOrders(choices);

  const choose = (change: Partial<Choices>) => {
    const next = { ...choices, ...change };
    localStorage.setItem(KEY, JSON.stringify(next));
    setChoices(next);
  };
  async function chooseNotify(): Promise<void> {
    const allowed = choices.notify || (await Notification.requestPermission()) === 'granted';
    setDenied(!allowed);
    choose({ notify: allowed && !choices.notify });
  }

  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          data-testid="choose-sound"
          checked={choices.sound}
          onChange={() => {
            choose({ sound: !choices.sound });
            if (!choices.sound) playBell();
          }}
        />
        {t('badge.sound')}
      </label>
      {'Notification' in window && (
        <label className="check">
          <input
            type="checkbox"
            data-testid="choose-notify"
            checked={choices.notify}
            onChange={() => void chooseNotify()}
          />
          {t('badge.notify')}
        </label>
      )}
      {denied && (
        <small role="alert" className="late">
          {t('badge.notifyDenied')}
        </small>
      )}
    </>
  );
}

/** Tells of orders that were not there at the first reading, each once. */
function useNewOrders({ sound, notify }: Choices): void {
  const { t } = useText();
  const orders = useLive((live) => live.orders);
  const isRead = useLive((live) => live.asOf !== null);
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!isRead) return;
    const ringing = [...orders.values()].filter(isRinging);
    const fresh = known.current ? ringing.filter(({ id }) => !known.current?.has(id)) : [];
    known.current ??= new Set();
    for (const { id } of ringing) known.current.add(id);
    if (fresh.length === 0) return;
    if (sound) playBell();
    if (notify)
      for (const { id, number } of fresh.slice(0, 3)) new Notification(t('badge.new', { number }), { tag: id });
  }, [orders, isRead, sound, notify, t]);
}

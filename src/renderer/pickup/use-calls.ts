import { useEffect } from 'react';
import { useScreen } from '../shared/screen.tsx';
import { silenceOf } from '../sound/silence-reason.ts';
import { newlyReady } from './pickup-orders.ts';

/** Calls the number of each order that becomes ready, if the setting says so. */
export function useCalls(): void {
  const { view, text, sound, now } = useScreen();
  useEffect(
    () =>
      view.subscribe(({ board, status }, before) => {
        const words = text.getState();
        if (!words || !status?.settings.callNumbers || silenceOf(status, now()) !== null) return;
        for (const { number } of newlyReady(before.board, board, now()))
          sound.voice.say(words.t('pickup.call', { number }), words.language, status.settings.volume);
      }),
    [view, text, sound, now],
  );
}

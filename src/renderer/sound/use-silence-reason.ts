import { useSyncExternalStore } from 'react';
import { useScreen } from '../shared/screen.tsx';
import { type SilenceReason, silenceReasonOf } from './silence-reason.ts';

/** Why the bell for new orders is not to be heard now; looked at once a second as well, since silence ends by itself. */
export function useSilenceReason(): SilenceReason | null {
  const { view, ticker, now } = useScreen();
  const look = () => {
    const { status } = view.getState();
    return status && silenceReasonOf(status, 'new', now());
  };
  useSyncExternalStore(ticker.on, look);
  return useSyncExternalStore(view.subscribe, look);
}

import { useSyncExternalStore } from 'react';
import { useScreen } from '../shared/screen.tsx';
import { type Hush, hushOf } from './hush.ts';

/** Why the bell for new orders is not to be heard now; looked at once a second as well, since silence ends by itself. */
export function useHush(): Hush | null {
  const { view, ticker, now } = useScreen();
  const look = () => {
    const { status } = view.getState();
    return status && hushOf(status, 'new', now());
  };
  useSyncExternalStore(ticker.on, look);
  return useSyncExternalStore(view.subscribe, look);
}

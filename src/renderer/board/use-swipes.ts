import { useSyncExternalStore } from 'react';
import { useScope } from '../stations/scope-context.tsx';

/** As large as a phone, held upright or on its side; a screen of 800×480 is larger. */
const PHONE = matchMedia('(max-width: 500px), (max-height: 430px)');
const isPhone = (): boolean => PHONE.matches;
function onChange(changed: () => void): () => void {
  PHONE.addEventListener('change', changed);
  return () => PHONE.removeEventListener('change', changed);
}

/** Whether there is room for one status only, so that a swipe leads to the next one, in any layout. The pass has one anyway. */
export function useSwipes(): boolean {
  const { screen } = useScope();
  return useSyncExternalStore(onChange, isPhone) && screen !== 'pass';
}

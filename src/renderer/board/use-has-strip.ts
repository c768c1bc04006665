import { useSetting, useUi } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';
import { useSwipes } from './use-swipes.ts';

/**
 * Whether what is ready has a row beside the board, and so no tickets on it. A station has nothing to do with it, the pass shows
 * nothing else, and a phone has a swipe for it.
 */
export function useHasStrip(): boolean {
  const view = useUi((ui) => ui.view);
  const layout = useSetting('layout', 'grid');
  const { screen } = useScope();
  const swipes = useSwipes();
  return layout === 'grid' && view === 'open' && screen !== 'station' && screen !== 'pass' && !swipes;
}

import { useSetting, useUi } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';

/**
 * Whether what is ready has a row beside the board, and so no tickets on it. A station has nothing to do with it, and the pass
 * shows nothing else.
 */
export function useHasStrip(): boolean {
  const view = useUi((ui) => ui.view);
  const layout = useSetting('layout', 'grid');
  const { screen } = useScope();
  return layout === 'grid' && view === 'open' && screen !== 'station' && screen !== 'pass';
}

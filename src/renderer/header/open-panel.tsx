import { AllDayPanel } from '../all-day/all-day-panel.tsx';
import { FiguresPanel } from '../figures/figures-panel.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { RecallPanel } from '../recall/recall-panel.tsx';
import { SearchPanel } from '../search/search-panel.tsx';
import { useScreen, useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { WaitingPanel } from '../waiting/waiting-panel.tsx';

const open = (ui: Ui) => ui.panel;

/** The panel that is open. */
export function OpenPanel() {
  const { ui } = useScreen();
  const panel = useUi(open);
  const close = () => ui.setState({ panel: null });
  if (panel === 'search') return <SearchPanel onClose={close} />;
  if (panel === 'recall') return <RecallPanel onClose={close} />;
  if (panel === 'all_day') return <AllDayPanel onClose={close} />;
  if (panel === 'figures') return <FiguresPanel onClose={close} />;
  if (panel === 'history') return <HistoryPanel onClose={close} />;
  return panel === 'waiting' ? <WaitingPanel onClose={close} /> : null;
}

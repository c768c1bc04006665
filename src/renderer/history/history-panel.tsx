import { Download, Search } from 'lucide-react';
import { useState } from 'react';
import type { HistoryKind } from '#contract/history.ts';
import { ChoiceRow } from '../settings/choice-row.tsx';
import { Button } from '../shared/button.tsx';
import { Modal } from '../shared/modal.tsx';
import { fileName, saveFile } from '../shared/save-file.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { EventLine } from './event-line.tsx';
import css from './history.module.css';
import { HistoryFigures } from './history-figures.tsx';
import { useHistory } from './use-history.ts';

const FILTERS = ['all', 'orders', 'taps', 'link', 'screen'] as const;
type Filter = (typeof FILTERS)[number];
const KINDS: Record<Filter, readonly HistoryKind[] | null> = {
  all: null,
  orders: ['change'],
  taps: ['tap', 'answer', 'prepared_after_cancel'],
  link: ['link'],
  screen: ['display', 'snapshot'],
};

/** What happened on this screen in the last 14 days: search, filter and export. */
export function HistoryPanel({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const { entries, nextBefore, state, older } = useHistory(search, KINDS[filter]);
  return (
    <Modal title={t('history.title')} mark="history-panel" wide onClose={onClose}>
      <HistoryFigures />
      <div className={css.historyTools}>
        <label className={css.historySearch}>
          <Search />
          <span className="sr-only">{t('history.search')}</span>
          <input
            type="search"
            value={search}
            maxLength={100}
            placeholder={t('history.searchHint')}
            data-testid="history-search"
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <ChoiceRow
          name={t('history.kinds')}
          value={filter}
          options={FILTERS.map((value) => ({ value, label: t(`history.kinds.${value}`) }))}
          onChoose={setFilter}
        />
        <Export />
      </div>
      {entries.length > 0 && (
        <ol className={css.events} aria-busy={state === 'looking'}>
          {entries.map((entry) => (
            <EventLine key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <p className={css.historyEnd} role="status">
        {state === 'looking' && t('history.looking')}
        {state === 'failed' && t('history.failed')}
        {state === 'done' && entries.length === 0 && t('history.none')}
      </p>
      {nextBefore !== null && (
        <Button className={`${buttons.choice} ${css.historyOlder}`} disabled={state === 'looking'} onClick={older}>
          {t('history.older')}
        </Button>
      )}
    </Modal>
  );
}

/** Exports the whole history as JSON lines, fetched in parts. */
function Export() {
  const { actions, now } = useScreen();
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  async function save(): Promise<void> {
    setBusy(true);
    const parts: string[] = [];
    let before: number | null = null;
    do {
      const part: { lines: string; nextBefore: number | null } | null = await actions.read('exportHistory', { before });
      if (!part) return setBusy(false);
      parts.push(part.lines);
      before = part.nextBefore;
    } while (before !== null);
    saveFile(fileName('history', now(), 'jsonl'), parts, 'application/jsonl');
    setBusy(false);
  }
  return (
    <Button icon={Download} mark="history-export" disabled={busy} onClick={() => void save()}>
      {t(busy ? 'history.exporting' : 'history.export')}
    </Button>
  );
}

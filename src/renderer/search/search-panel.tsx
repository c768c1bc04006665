import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { NO_FILTER, type OrderFilter } from '#contract/order-filter.ts';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { FilterRows } from './filter-rows.tsx';
import { FoundRow, rowId } from './found-row.tsx';
import css from './search.module.css';
import { SearchSource } from './search-source.tsx';
import { useSearch } from './use-search.ts';
import { useSources } from './use-sources.ts';

/** Finds an order, open or done, new or old; by keys: type, go up and down, Enter opens it. */
export function SearchPanel({ onClose }: { onClose: () => void }) {
  const { ui } = useScreen();
  const { t } = useText();
  const [q, setQ] = useState('');
  const [filter, setFilter] = useState<OrderFilter>(NO_FILTER);
  const { found, state, older } = useSearch(q.trim(), filter);
  const [chosen, setChosen] = useState<string | null>(null);
  const sources = useSources(found.tickets);
  const { tickets } = found;
  const at = tickets.findIndex(({ order }) => order.id === chosen);
  const active = tickets[Math.max(0, at)]?.order.id;
  const open = useMemo(() => (orderId: string) => ui.setState({ sheet: orderId }), [ui]);

  function onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (!step) return void (active && open(active));
    const next = tickets[Math.min(tickets.length - 1, Math.max(0, Math.max(0, at) + (at < 0 && step > 0 ? 1 : step)))];
    if (!next) return;
    setChosen(next.order.id);
    document.getElementById(rowId(next.order.id))?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <Modal title={t('find.title')} mark="search-panel" wide onClose={onClose}>
      <label className={css.findField}>
        <Search aria-hidden="true" />
        <span className="sr-only">{t('find.title')}</span>
        <input
          data-first-focus
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          role="combobox"
          aria-expanded={tickets.length > 0}
          aria-controls="found-orders"
          aria-activedescendant={active && rowId(active)}
          value={q}
          maxLength={200}
          dir={q === '' ? undefined : 'auto'}
          placeholder={t('find.hint')}
          data-testid="search"
          onChange={(event) => setQ(event.target.value)}
          onKeyDown={onKey}
        />
      </label>
      <FilterRows
        filter={filter}
        sources={sources}
        onFilter={setFilter}
        onBoard={(narrowed) => ui.setState({ filter: narrowed, panel: null })}
      />
      <SearchSource found={found} state={state} />
      <div
        id="found-orders"
        className={css.founds}
        role="listbox"
        aria-label={t('find.found')}
        aria-busy={state === 'asking'}
      >
        {tickets.map((ticket) => (
          <FoundRow key={ticket.order.id} ticket={ticket} active={ticket.order.id === active} onOpen={open} />
        ))}
      </div>
      {found.nextBefore !== null && (
        <button
          type="button"
          className={`${buttons.choice} ${css.findOlder}`}
          data-testid="search-older"
          disabled={state === 'asking'}
          onClick={older}
        >
          {t('find.older')}
        </button>
      )}
    </Modal>
  );
}

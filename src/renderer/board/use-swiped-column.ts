import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { useScreen } from '../shared/screen.tsx';
import type { ViewName } from '../shared/ui-store.ts';

const COLUMN = '[data-column]';

/**
 * Shows one column of a list at a time: scrolls to the one that is wanted, and makes the view that of the one to which a person
 * has swiped.
 *
 * @param wanted its status; null: all columns are visible
 */
export function useSwipedColumn(list: RefObject<HTMLElement | null>, wanted: ViewName | null): void {
  const { ui } = useScreen();
  useLayoutEffect(() => {
    const columns = list.current;
    const column = columns?.querySelector(`${COLUMN}[data-column=${wanted}]`);
    if (columns && column) columns.scrollBy({ left: distance(columns, column), behavior: 'instant' });
  }, [list, wanted]);
  useEffect(() => {
    const columns = list.current;
    if (!columns || wanted === null) return;
    const swiped = () => {
      const near = [...columns.querySelectorAll<HTMLElement>(COLUMN)].find(
        (column) => Math.abs(distance(columns, column)) < columns.clientWidth / 2,
      );
      if (near) ui.setState({ view: near.dataset.column as ViewName });
    };
    columns.addEventListener('scrollend', swiped);
    return () => columns.removeEventListener('scrollend', swiped);
  }, [ui, list, wanted]);
}

const distance = (list: Element, column: Element): number =>
  column.getBoundingClientRect().left - list.getBoundingClientRect().left;

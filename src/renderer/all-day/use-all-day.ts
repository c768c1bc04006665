import { useMemo } from 'react';
import { useArranged } from '../board/use-arranged.ts';
import { useSetting } from '../shared/screen.tsx';
import { type AllDayCount, allDay } from './all-day.ts';

/** The counts for the tickets of this screen. */
export function useAllDay(): readonly AllDayCount[] {
  const { open } = useArranged();
  const apart = useSetting('allDayModifiers', false);
  return useMemo(() => allDay(open, apart), [open, apart]);
}

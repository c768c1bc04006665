import { useMemo } from 'react';
import { useArranged } from '../board/use-arranged.ts';
import { useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { type AllDayCount, allDay } from './all-day.ts';

const modifiersApart = (view: View) => view.status?.settings.allDayModifiers ?? false;

/** The counts for the tickets of this screen. */
export function useAllDay(): readonly AllDayCount[] {
  const { open } = useArranged();
  const apart = useView(modifiersApart);
  return useMemo(() => allDay(open, apart), [open, apart]);
}

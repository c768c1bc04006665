import type { Availability } from '#contract/availability.ts';
import { useView } from '../shared/screen.tsx';

/** What the store takes; null: the server has not said. */
export const useAvailability = (): Availability | null => useView((view) => view.status?.availability ?? null);

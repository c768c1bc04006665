import { useMemo, useState } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { useScope } from '../stations/scope-context.tsx';
import { createHoldPlaces, type Held } from './hold-places.ts';
import { useTouched } from './use-touched.ts';

const filterOf = (ui: Ui) => ui.filter;

/**
 * Tickets in their places, which they keep while somebody touches the screen. Another station or filter, which a person has
 * just chosen, is another list.
 */
export function useHeldPlaces(tickets: readonly Ticket[]): { places: readonly Held<Ticket>[]; isTouched: boolean } {
  const scope = useScope();
  const filter = useUi(filterOf);
  const choice = useMemo(() => ({ scope, filter }), [scope, filter]);
  const isTouched = useTouched();
  const [hold] = useState(() => createHoldPlaces<Ticket>(({ order }) => order.id));
  const places = useMemo(() => hold(tickets, isTouched, choice), [hold, tickets, isTouched, choice]);
  return { places, isTouched };
}

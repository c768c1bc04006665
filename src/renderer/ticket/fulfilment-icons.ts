import { Bike, CalendarClock, ShoppingBag, Utensils } from 'lucide-react';
import type { Fulfilment } from '#contract/status.ts';

/** How an order leaves, at a glance. */
export const FULFILMENT_ICONS: Record<Fulfilment, typeof Bike> = {
  pickup: ShoppingBag,
  delivery: Bike,
  dine_in: Utensils,
  booking: CalendarClock,
};

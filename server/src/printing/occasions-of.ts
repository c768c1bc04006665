import type { PrintOccasion } from '#contract/printer.ts';
import type { Change } from '#contract/sync.ts';
import { IMPORTER } from '../orders/imported.ts';

/** What a change may make a printer print; `accepted` and `ready` also when it is not the first time. */
export function occasionsOfChange({ type, order, by }: Change): Exclude<PrintOccasion, 'manual'>[] {
  if (!order || (by.role === IMPORTER.role && by.id === IMPORTER.id)) return [];
  if (type !== 'order_created' && type !== 'order_status_changed') return [];
  const { status } = order;
  const occasions: Exclude<PrintOccasion, 'manual'>[] = [];
  if (status === 'preparing') occasions.push('accepted');
  if (status === 'ready') occasions.push('ready');
  if (type === 'order_created' && (status === 'pending' || status === 'preparing')) occasions.push('no_display');
  return occasions;
}

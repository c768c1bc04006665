import type { MappedDraft } from '#contract/order.ts';
import { shortened } from '#contract/shortened.ts';

/** The guest, if they named one. */
export const customerOf = (name: string, phone: string): Pick<MappedDraft, 'customer'> =>
  name || phone
    ? { customer: { ...(name && { name: shortened(name, 200) }), ...(phone && { phone: shortened(phone, 64) }) } }
    : {};

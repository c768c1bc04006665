import type { MappedDraft } from '../adapter.ts';
import { shortened } from './plain-text.ts';

/** The guest, if they named one. */
export const customerOf = (name: string, phone: string): Pick<MappedDraft, 'customer'> =>
  name || phone
    ? { customer: { ...(name && { name: shortened(name, 200) }), ...(phone && { phone: shortened(phone, 64) }) } }
    : {};

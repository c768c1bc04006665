import type { Order } from './order.ts';

/**
 * The searchable text of an order, and how text is compared. Server and display share it, so a search finds the same
 * orders with and without a network.
 */

/** Accents and Arabic vowel signs, which people omit when typing. Thai vowels are letters and stay. */
const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g;

/** Folds text: `НИНО` finds `Нино`, `creme` `Crème`, `احمد` `أحمد`, full-width digits become digits. Idempotent. */
export const foldText = (text: string): string => text.normalize('NFKD').toLowerCase().replace(MARKS, '');

/** Number, external id, customer name and phone, item names (contract, section 5), one to a line. */
export function searchText({ number, externalId, customer, items }: Order): string {
  const phone = customer?.phone ?? null;
  const parts = [number, externalId, customer?.name, phone, phone?.replace(/\D/g, ''), ...items.map((i) => i.name)];
  return foldText(parts.filter(Boolean).join('\n'));
}

/** The texts to find in {@link searchText} for `q`: as typed, and for a phone number also its digits alone. */
export function searchedFor(q: string): string[] {
  const typed = foldText(q);
  const digits = typed.replace(/\D/g, '');
  const isPhone = digits.length >= 5 && digits !== typed && /^[\d\s+().-]*$/.test(typed);
  return isPhone ? [typed, digits] : [typed];
}

import type { Order } from './order.ts';

/**
 * What an order is found by, and how words are compared: one and the same on the server and in a display's own copy, so
 * that a search finds the same orders with a network and without.
 */

/** Accents, and the vowel signs of Arabic, which people leave out when they type. Thai vowels are letters, and stay. */
const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g;

/** Letters of one kind: `НИНО` finds `Нино`, `creme` `Crème`, `احمد` `أحمد`, and full-width digits are digits. Twice is once. */
export const foldText = (text: string): string => text.normalize('NFKD').toLowerCase().replace(MARKS, '');

/** Number, external id, customer name and phone, item names (contract, section 5), one to a line. */
export function searchText({ number, externalId, customer, items }: Order): string {
  const phone = customer?.phone ?? null;
  const parts = [number, externalId, customer?.name, phone, phone?.replace(/\D/g, ''), ...items.map((i) => i.name)];
  return foldText(parts.filter(Boolean).join('\n'));
}

/** What `q` is looked for as, each a part of {@link searchText}: as it was typed, and a phone number by its digits alone. */
export function searchedFor(q: string): string[] {
  const typed = foldText(q);
  const digits = typed.replace(/\D/g, '');
  const isPhone = digits.length >= 5 && digits !== typed && /^[\d\s+().-]*$/.test(typed);
  return isPhone ? [typed, digits] : [typed];
}

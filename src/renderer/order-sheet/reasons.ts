import type { TextKey } from '../i18n/text.ts';

/** The reasons that are usual; the order carries the words in the language of the screen. */
export const REASONS = {
  rejected: ['reason.sold_out', 'reason.too_busy', 'reason.closed'],
  cancelled: ['reason.customer_asked', 'reason.sold_out', 'reason.mistake', 'reason.not_collected'],
} as const satisfies Record<string, readonly TextKey[]>;

export type End = keyof typeof REASONS;

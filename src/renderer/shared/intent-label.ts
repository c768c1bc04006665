import { STATUSES } from '#contract/status.ts';
import type { Text, TextKey } from '../i18n/text.ts';

/** The short name of an intent; for a status change, the status. */
export function intentLabel(type: string, payload: Readonly<Record<string, unknown>>, { t }: Text): string {
  const to = STATUSES.find((status) => status === payload.to);
  return type === 'set_status' && to ? t(`status.${to}`) : t(`intent.${type}` as TextKey);
}

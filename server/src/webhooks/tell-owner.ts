import type { StoreSubject } from '../service.ts';
import type { WebhookRow } from './webhook-tables.ts';

/** The subject of a webhook's escalation. */
export const aboutWebhook = ({ id, store_id: storeId }: Pick<WebhookRow, 'id' | 'store_id'>): StoreSubject => ({
  storeId,
  kind: 'webhook',
  subject: id,
});

/** What people know a webhook by; the rest of its address may hold a secret. */
export const hostOfWebhook = ({ url }: Pick<WebhookRow, 'url'>): string => new URL(url).host;

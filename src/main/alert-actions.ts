import type { CallInput } from '#contract/bridge.ts';
import type { Language } from '#contract/setting-names.ts';
import { nextStatus } from '#contract/status.ts';
import type { Alert } from '#core/alerts/alert.ts';
import { WORDS } from './words.ts';

export interface AlertAction {
  text: string;
  command: CallInput<'command'>;
}

/** Buttons of a notification for one ringing order, on platforms that have them (signed macOS, Windows). */
export function alertActions(alert: Alert, language: Language, platform: NodeJS.Platform): AlertAction[] {
  const hasButtons = platform === 'darwin' || platform === 'win32';
  if (!hasButtons || alert.kind === 'link' || alert.orders.length > 1) return [];
  if (alert.kind !== 'new' && alert.kind !== 'escalation') return [];
  const [{ id: orderId, status: from, fulfilment }] = alert.orders;
  const { seen, start } = WORDS[language];
  const to = nextStatus(from, fulfilment);
  return [
    { text: seen, command: { orderId, intent: { type: 'acknowledge', payload: {} } } },
    ...(to
      ? [{ text: start, command: { orderId, intent: { type: 'set_status' as const, payload: { from, to } } } }]
      : []),
  ];
}

import type { Escalation, OrderEscalationKind } from '#contract/admin.ts';
import { isOfOrder } from './escalation-rows.ts';
import type { Notifier } from './notifier.ts';

const WORDS: Record<OrderEscalationKind, string> = {
  undelivered: 'no display has it',
  unacknowledged: 'nobody has acknowledged it',
  no_display: 'it came while no display was there',
};
/** More of them at once share one line. */
const LINES = 5;

/** One escalation as a readable sentence, or several. */
export const sentenceOf = (escalation: Escalation): string =>
  isOfOrder(escalation)
    ? `Order ${escalation.orderNumber}: ${WORDS[escalation.kind]}.`
    : (escalation.detail ?? escalation.kind);

/** Writes to the server's log. */
export function createLogNotifier(log: { warn(details: object, message: string): void }): Notifier {
  return {
    name: 'log',
    async notify(escalations) {
      if (escalations.length <= LINES) for (const one of escalations) log.warn({ escalation: one }, sentenceOf(one));
      else
        log.warn(
          { stores: [...new Set(escalations.map((one) => one.storeId))] },
          `${escalations.length} escalations at once.`,
        );
    },
  };
}

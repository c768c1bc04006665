import type { Link } from '#contract/link.ts';
import type { TextKey } from '../i18n/text.ts';

export interface LinkMessage {
  tone: 'down' | 'warning';
  title: TextKey;
  advice: TextKey;
  /** What may help: to try again, or to pair the screen once more. */
  help: 'retry' | 'pair' | null;
}

/**
 * The message about the link, with advice; null when there is none. Only the badge shows `connecting`: a banner for every short
 * interruption would teach people to ignore it.
 */
export function linkMessage({ state, cause }: Pick<Link, 'state' | 'cause'>): LinkMessage | null {
  switch (state) {
    case 'live':
    case 'catching_up':
    case 'unknown':
    case 'connecting':
      return null;
    case 'polling':
      return { tone: 'warning', title: 'cause.polling', advice: 'cause.polling.do', help: 'retry' };
    case 'offline':
    case 'stopped':
      return {
        tone: 'down',
        title: `cause.${cause ?? 'unknown'}`,
        advice: `cause.${cause ?? 'unknown'}.do`,
        help: helpFor(state, cause),
      };
  }
}

function helpFor(state: 'offline' | 'stopped', cause: Link['cause']): LinkMessage['help'] {
  if (state === 'stopped') return cause === 'revoked' ? 'pair' : null;
  return cause === 'host' ? null : 'retry';
}

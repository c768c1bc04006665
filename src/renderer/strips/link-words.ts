import type { Link } from '#contract/link.ts';
import type { TextKey } from '../i18n/text.ts';

export interface LinkWords {
  tone: 'down' | 'warning';
  title: TextKey;
  advice: TextKey;
  /** Asking again at once may help. */
  retry: boolean;
}

/**
 * What a cook is told about the link, and what to do; null while there is nothing to tell. A link that is just being
 * made is on the badge only: a strip for each blink would teach people to look away.
 */
export function linkWords({ state, cause }: Pick<Link, 'state' | 'cause'>): LinkWords | null {
  switch (state) {
    case 'live':
    case 'catching_up':
    case 'unknown':
    case 'connecting':
      return null;
    case 'polling':
      return { tone: 'warning', title: 'cause.polling', advice: 'cause.polling.do', retry: true };
    case 'offline':
    case 'stopped':
      return {
        tone: 'down',
        title: `cause.${cause ?? 'unknown'}`,
        advice: `cause.${cause ?? 'unknown'}.do`,
        retry: state === 'offline' && cause !== 'host',
      };
  }
}

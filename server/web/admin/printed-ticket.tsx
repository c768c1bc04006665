import type { CaughtJob } from '#contract/caught-job.ts';
import { useText } from '../managing/page.tsx';

/** A ticket as the till printed it, each line with the name of the rule that it fits. */
export function PrintedTicket({ lines }: { lines: CaughtJob['lines'] }) {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="printed" aria-label={t('caught.printed')} tabIndex={0} dir="ltr" data-testid="printed">
      {lines.map(({ text, height, width, bold, marked, rule }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and no state
        <div key={at} data-rule={rule}>
          <span data-bold={bold} data-marked={marked} data-tall={height > 1} data-wide={width > 1}>
            {text || ' '}
          </span>
          <small lang="en">{rule ?? ''}</small>
        </div>
      ))}
    </section>
  );
}

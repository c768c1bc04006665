import { Ban } from 'lucide-react';
import { Fragment } from 'react';
import type { Item } from '#contract/order.ts';
import { removalOf } from '#contract/removal.ts';
import type { Language } from '#contract/setting-names.ts';
import { colourOf } from './colour-of.ts';
import css from './modifiers.module.css';
import { useTicketOptions } from './ticket-options.tsx';

/** The modifiers of an item. Words that leave something out are marked, and so are words that the settings give a colour. */
export function Modifiers({ modifiers }: Pick<Item, 'modifiers'>) {
  const { modifierColours } = useTicketOptions();
  return modifiers.map(({ name, quantity }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the modifiers have no identity but their place
    <Fragment key={i}>
      {i > 0 && ' · '}
      <bdi className={css.modifier} data-colour={colourOf(name, modifierColours)}>
        {quantity > 1 && `${quantity} × `}
        <Name name={name} />
      </bdi>
    </Fragment>
  ));
}

function Name({ name }: { name: string }) {
  const removal = removalOf(name);
  if (!removal) return name;
  return (
    <span data-testid="removal">
      {removal.before}
      <No language={removal.language}>{removal.words}</No>
      {removal.after}
    </span>
  );
}

/** Words that leave something out, such as NO. */
export function No({ language, children }: { language: Language; children: string }) {
  return (
    <b className={css.no} lang={language}>
      <Ban />
      {children}
    </b>
  );
}

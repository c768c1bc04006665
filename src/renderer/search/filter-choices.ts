import type { OrderFilter } from '#contract/order-filter.ts';
import { FULFILMENTS, PAYMENT_STATUSES, STATUSES } from '#contract/status.ts';
import type { Text, TextKey } from '../i18n/text.ts';

/** One filter option: its label, whether it is on, and the filter after toggling it. */
export interface FilterChoice {
  key: string;
  label: string;
  on: boolean;
  turned: OrderFilter;
}
export interface FilterGroup {
  name: TextKey;
  choices: FilterChoice[];
}

/** All filter options. @param sources the known channels */
export function filterGroups(filter: OrderFilter, sources: readonly string[], { t }: Text): FilterGroup[] {
  const flag = (key: 'late' | 'note' | 'allergens'): FilterChoice => ({
    key,
    label: t(`find.only.${key}`),
    on: filter[key],
    turned: { ...filter, [key]: !filter[key] },
  });
  function list<K extends 'statuses' | 'fulfilments' | 'sources' | 'payments'>(
    key: K,
    all: readonly OrderFilter[K][number][],
    label: (one: OrderFilter[K][number]) => string,
  ): FilterChoice[] {
    const chosen: readonly OrderFilter[K][number][] = filter[key];
    return all.map((one) => {
      const on = chosen.includes(one);
      const turned = { ...filter, [key]: on ? chosen.filter((other) => other !== one) : [...chosen, one] };
      return { key: `${key} ${one}`, label: label(one), on, turned };
    });
  }
  const groups: FilterGroup[] = [
    { name: 'find.by.needs', choices: [flag('late'), flag('note'), flag('allergens')] },
    { name: 'find.by.fulfilment', choices: list('fulfilments', FULFILMENTS, (one) => t(`fulfilment.${one}`)) },
    { name: 'find.by.payment', choices: list('payments', PAYMENT_STATUSES, (one) => t(`payment.${one}`)) },
    { name: 'find.by.source', choices: list('sources', sources, (one) => one || t('find.noSource')) },
    { name: 'find.by.status', choices: list('statuses', STATUSES, (one) => t(`status.${one}`)) },
  ];
  return groups.filter(({ choices }) => choices.length > 0);
}

/** The labels of the options that are on. */
export const describeFilter = (filter: OrderFilter, text: Text): string[] =>
  filterGroups(filter, filter.sources, text).flatMap(({ choices }) =>
    choices.flatMap(({ on, label }) => (on ? label : [])),
  );

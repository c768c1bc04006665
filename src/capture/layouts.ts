import type { Layout, LayoutName, LayoutRules, LineRule } from '#contract/caught-job.ts';

/** Rules as they are tried: each is a list of regular expressions. */
export type Rules = Record<LineRule, readonly string[]>;

/** What stands between a label and its number. */
const IS = '[\\s.:#№]*(?:no|nr|n°|number)?[\\s.:#№]*';
const PRICE =
  '(?:\\s+(?:@\\s*\\d+[.,]\\d{2}\\s+)?(?<price>-?\\d{1,6}[.,]\\d{2})(?:\\s?(?:\\p{L}{1,3}|\\p{Sc}))?)?\\s*$';
const MONTH = '(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}*\\.?,?\\s+\\d)';
const WITHOUT = '(?:no|without|w/o|less|ohne|kein\\p{L}*|без|sans|sin|senza|sem)(?!\\p{L})';
const TIMES = '[x×х*]';

/** Words of tills in English, German, Russian, French, Spanish and Italian. */
const GENERIC: Rules = {
  // Ruled lines. A letter that cannot be read is no rule.
  ignore: ['^[^\\p{L}\\p{N}\\uFFFD]*$'],
  reprint: [
    '^[^\\p{L}\\p{N}]*(?:re-?print(?:ed)?|duplicate|copy|kopie|duplikat|дубликат|копия|duplicata|copia)(?!\\p{L})',
  ],
  number: [
    `^[^\\p{L}\\p{N}]*(?:order|ord|check|chk|ticket|tkt|bill|receipt|bon|bestellung|auftrag|beleg|commande|comanda|pedido|ordine|заказ|чек|сч[её]т)(?!\\p{L})${IS}(?<number>\\p{L}{0,3}-?\\d{1,10})(?![.,:/]?\\d)`,
    '^[\\s*]*[#№]\\s*(?<number>\\p{L}{0,3}-?\\d{1,10})[\\s*]*$',
  ],
  table: [
    `(?:^|[^\\p{L}\\p{N}])(?:table|tbl|tisch|mesa|masa|tavolo|столик|стол|მაგიდა)(?!\\p{L})${IS}(?<table>\\p{L}{0,2}-?\\d{1,4}\\p{L}?)(?![\\p{L}\\p{N}])`,
  ],
  covers: [
    '(?:^|[^\\p{L}\\p{N}])(?:covers?|guests?|gst|pax|gäste|personen|гостей|персон)(?!\\p{L})[\\s.:]*(?<covers>\\d{1,3})(?!\\d)',
    '^\\s*(?<covers>\\d{1,3})\\s+(?:covers?|guests?|pax|gäste|personen|гост\\p{L}*|персон\\p{L}*)\\s*$',
  ],
  customer: ['^\\s*(?:customer|name|client|kunde|клиент|имя|cliente|nom)\\s*:\\s*(?<customer>\\S.*?)\\s*$'],
  phone: [
    '^\\s*(?:phone|tel|telefon|mobile|тел|телефон|téléphone)\\.?\\s*:?\\s*(?<phone>\\+?[\\d\\s()-]{5,20}\\d)\\s*$',
  ],
  delivery: ['^[^\\p{L}\\p{N}]*(?:delivery|lieferung|доставка|livraison|entrega|consegna)[^\\p{L}\\p{N}]*$'],
  total: [
    '^\\s*(?:grand\\s+)?(?:total|gesamt\\p{L}*|summe|итого|всего|totale|somme)(?!\\p{L})[^\\d]*(?<total>\\d[\\d\\s]{0,8}[.,]\\d{2})(?!\\d)',
  ],
  void: [
    '^[^\\p{L}\\p{N}]*(?:void(?:ed)?|cancel(?:l?ed)?|storno|storniert|annul\\p{L}*|anulad[oa]|отмена|отменен\\p{L}*|аннул\\p{L}*)(?!\\p{L})[\\s:*!-]*',
  ],
  modifier: [
    `^\\s*-\\s*(?<name>${WITHOUT}.*?)${PRICE}`,
    `^\\s*(?<name>-\\s*\\p{L}.*?)${PRICE}`,
    `^\\s*[+>•»·*]\\s*(?:(?<quantity>\\d{1,2})\\s*${TIMES}\\s*)?(?<name>\\p{L}.*?)${PRICE}`,
    `^\\s{2,}(?:(?<quantity>\\d{1,2})\\s*${TIMES}\\s*)?(?<name>\\p{L}.*?)${PRICE}`,
  ],
  item: [
    `^\\s*(?<quantity>-?\\d{1,3})\\s*${TIMES}\\s*(?<name>[^\\p{L}]{0,6}\\p{L}.*?)${PRICE}`,
    `^\\s*(?<quantity>-?\\d{1,2})\\s+${MONTH}(?<name>\\p{L}.*?)${PRICE}`,
    `^\\s*(?<name>\\p{L}.*?)\\s+${TIMES}\\s?(?<quantity>\\d{1,3})${PRICE}`,
  ],
  note: [],
};

/** Layouts of tills, as what differs from the generic one. `docs/sources/print.md` shows a ticket of each. */
const LAYOUT_RULES: Record<LayoutName, LayoutRules> = {
  generic: {},
  columns: {
    item: `^ {0,2}(?<quantity>-?\\d{1,3}) {1,4}(?<name>\\p{L}.*?)${PRICE}`,
    modifier: `^ {3,}(?<name>\\S.*?)${PRICE}`,
  },
  last: {
    item: [
      `^ ?(?<name>\\p{L}.*?)[\\s.]{2,}${TIMES}?\\s?(?<quantity>-?\\d{1,3})(?:\\s?(?:pcs?|шт|порц|stk))?\\.?\\s*$`,
      `^ ?(?<name>\\p{L}.*?)\\s+${TIMES}\\s?(?<quantity>\\d{1,3})\\s*$`,
    ],
    modifier: '^ {2,}[+>*-]?\\s*(?<name>\\S.*)$',
  },
  receipt: {
    item: [
      `^\\s{0,2}(?<quantity>-?\\d{1,3})\\s*${TIMES}\\s*(?<name>\\p{L}.*?)${PRICE}`,
      `^\\s{0,1}(?<name>\\p{L}.*?)\\s{2,}(?<price>-?\\d{1,6}[.,]\\d{2})\\s*$`,
    ],
    note: '^\\s*(?:subtotal|sub-total|tax|vat|service|change|cash|card|tip|rounding|discount)(?!\\p{L})',
  },
  cyrillic: { base: 'last', codePage: 'PC866' },
  german: { codePage: 'WPC1252' },
};

/** @returns the rules of a layout, and the code page that its till begins with */
export function rulesOf(layout: Layout): { rules: Rules; codePage: string | null } {
  const given = typeof layout === 'string' ? LAYOUT_RULES[layout] : layout;
  const isGeneric = layout === 'generic' || (given.base === undefined && Object.keys(given).length === 0);
  const { rules, codePage } = isGeneric ? { rules: GENERIC, codePage: null } : rulesOf(given.base ?? 'generic');
  const { base: _base, codePage: own, ...patterns } = given;
  const changed = Object.entries(patterns).flatMap(([rule, pattern]) =>
    pattern === undefined ? [] : [[rule, typeof pattern === 'string' ? [pattern] : pattern]],
  );
  return { rules: { ...rules, ...Object.fromEntries(changed) }, codePage: own ?? codePage };
}

import type { SourceKind } from '#contract/source.ts';
import type { PageKey } from '../managing/load-text.ts';

/** A setting or a secret of a kind, as the form asks for it. */
export interface SourceField {
  /** Where it stands in the body, such as `secret.accessToken` or `settings.metaKeys.dueAt`. */
  path: `settings.${string}` | `secret.${string}`;
  /** Our words for it, or what the service's own page calls it. */
  label: { ours: PageKey } | { theirs: string };
  /** How it begins or looks. */
  example?: string;
  /** What may be chosen, with the first as default. */
  options?: readonly string[];
  /** Where a number has to be. */
  number?: { min: number; max: number };
  optional?: true;
}

interface Kind {
  /** The service's own name, or our words. */
  name: { ours: PageKey } | { theirs: string };
  /** Where the owner finds what is to be filled in. */
  hint: PageKey;
  fields: readonly SourceField[];
  /** Fields that hardly anybody needs. */
  more: readonly SourceField[];
  /** Whether the server asks the service for orders. */
  isPulled: boolean;
  /** What to do with the address for webhooks, and the service's names of what they are for; null: the kind has none. */
  webhook: { words: PageKey; events?: string } | null;
}

const key = (name: string, theirs: string, example?: string): SourceField => ({
  path: `secret.${name}`,
  label: { theirs },
  ...(example === undefined ? {} : { example }),
});
const every = (min: number, normal: number): SourceField => ({
  path: 'settings.pollSeconds',
  label: { ours: 'sources.pollSeconds' },
  example: String(normal),
  number: { min, max: 3_600 },
  optional: true,
});
const META: readonly SourceField[] = [
  { path: 'settings.metaKeys.dueAt', label: { ours: 'sources.dueAt' }, optional: true },
  { path: 'settings.metaKeys.table', label: { ours: 'sources.table' }, optional: true },
];
const LOCATION: SourceField = { path: 'settings.locationId', label: { theirs: 'Location ID' } };

/** Empty: the usual one, or rules that were made for the till. */
const LAYOUTS = ['', 'columns', 'last', 'receipt', 'cyrillic', 'german'];

/** What the form asks for each kind (contract, section 12). To add a kind: an entry, and its words in `i18n/connections`. */
export const KINDS: Readonly<Record<SourceKind, Kind>> = {
  woocommerce: {
    name: { theirs: 'WooCommerce' },
    hint: 'sources.hint.woocommerce',
    fields: [
      { path: 'settings.url', label: { ours: 'sources.shopUrl' }, example: 'https://shop.example' },
      key('consumerKey', 'Consumer key', 'ck_…'),
      key('consumerSecret', 'Consumer secret', 'cs_…'),
      { path: 'secret.webhookSecret', label: { ours: 'sources.webhookSecret' }, optional: true },
    ],
    more: [every(5, 60), ...META],
    isPulled: true,
    webhook: { words: 'sources.webhook.woocommerce' },
  },
  shopify: {
    name: { theirs: 'Shopify' },
    hint: 'sources.hint.shopify',
    fields: [
      { path: 'settings.shop', label: { ours: 'sources.shop' }, example: 'my-store.myshopify.com' },
      key('clientId', 'Client ID'),
      key('clientSecret', 'Client secret'),
    ],
    more: [every(5, 60), ...META],
    isPulled: true,
    webhook: { words: 'sources.webhook.shopify', events: 'orders/create, orders/updated, orders/cancelled' },
  },
  square: {
    name: { theirs: 'Square' },
    hint: 'sources.hint.square',
    fields: [
      LOCATION,
      { path: 'settings.environment', label: { theirs: 'Environment' }, options: ['production', 'sandbox'] },
      key('accessToken', 'Access token'),
      { ...key('signatureKey', 'Signature key'), optional: true },
    ],
    more: [every(5, 60)],
    isPulled: true,
    webhook: {
      words: 'sources.webhook.square',
      events: 'order.created, order.updated, order.fulfillment.updated, payment.created, payment.updated',
    },
  },
  hubrise: {
    name: { theirs: 'HubRise' },
    hint: 'sources.hint.hubrise',
    fields: [LOCATION, key('accessToken', 'Access token'), { ...key('clientSecret', 'Client secret'), optional: true }],
    more: [every(30, 30)],
    isPulled: true,
    webhook: { words: 'sources.webhook.hubrise' },
  },
  print: {
    name: { ours: 'sources.kind.print' },
    hint: 'sources.hint.print',
    fields: [
      { path: 'settings.port', label: { ours: 'sources.port' }, example: '9100', number: { min: 1, max: 65_535 } },
      { path: 'settings.host', label: { ours: 'sources.host' }, example: '0.0.0.0', optional: true },
      { path: 'settings.layout', label: { ours: 'sources.layout' }, options: LAYOUTS },
    ],
    more: [],
    isPulled: false,
    webhook: null,
  },
  standard: {
    name: { ours: 'sources.kind.standard' },
    hint: 'sources.hint.standard',
    fields: [],
    more: [],
    isPulled: false,
    webhook: { words: 'sources.webhook.standard' },
  },
};
/** In the order of the form. */
export const KIND_NAMES = Object.keys(KINDS) as SourceKind[];

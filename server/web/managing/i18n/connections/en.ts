/** Words of `/admin` for what a shop is connected to: sources, printers, Telegram. */
export const words = {
  'tab.sources': 'Order sources',
  'do.change': 'Change',
  'error.because': 'That did not work:',
  'sources.hint': 'Shops, tills and delivery services whose orders come by themselves.',
  'sources.none': 'No source yet. Add the first one.',
  'sources.new': 'Add a source',
  'sources.kind': 'Where the orders come from',
  'sources.kind.print': 'A till that prints',
  'sources.kind.standard': 'Another system, by signed webhooks',
  'sources.name.hint': 'It stands on each ticket, such as Web shop.',
  'sources.optional': 'may be empty',
  'sources.more': 'More settings',
  'sources.keepSecret': 'Leave it empty to keep the one that is stored.',
  'sources.pollSeconds': 'Seconds between two looks for new orders',
  'sources.dueAt': 'Field in which a plugin keeps the pickup or delivery time',
  'sources.table': 'Field in which a plugin keeps the table',
  'sources.shopUrl': 'Address of the shop',
  'sources.shop': 'Name of the shop at Shopify',
  'sources.webhookSecret': 'Secret for its webhook, letters and digits that you make up',
  'sources.port': 'Port to which the till prints',
  'sources.host': 'Address of this server in the shop’s network; 0.0.0.0 for all',
  'sources.layout': 'What the tickets of the till look like',
  'sources.hint.woocommerce':
    'In the shop: WooCommerce → Settings → Advanced → REST API → Add key, with the permission Read/Write. Copy both keys here: the shop shows them once.',
  'sources.hint.shopify':
    'In the Dev Dashboard of Shopify: make an app, release it, and install it in the shop. Copy both from its Settings.',
  'sources.hint.square':
    'In the Developer Console of Square: open your application, and copy the access token and the ID of the location. The signature key is made later, with the webhook.',
  'sources.hint.hubrise':
    'In HubRise: connect Ticketrail to the location, and copy the ID of the location, the access token and the client secret of the connection.',
  'sources.hint.print':
    'The till prints to this server as to a kitchen printer, and each ticket becomes an order. Set the till’s printer to the address of this server and this port.',
  'sources.hint.standard':
    'For systems that can call an address and sign the call. You get the address and the secret after this.',
  'sources.made': '{{name}} is added.',
  'sources.secretOnce': 'The secret is shown only now: copy it.',
  'sources.webhook.woocommerce':
    'Orders come every minute. To have them within seconds: WooCommerce → Settings → Advanced → Webhooks → Add webhook, topic Order updated, your secret for the webhook, and this delivery URL:',
  'sources.webhook.shopify':
    'Orders come every minute. To have them within seconds, let the app send orders/create, orders/updated and orders/cancelled to this address:',
  'sources.webhook.square':
    'Orders come every minute. To have them within seconds, add a webhook for order.created and order.updated with this address, and copy its signature key here:',
  'sources.webhook.hubrise':
    'Orders come every half minute. To have them within seconds, set the callback of the connection to this address:',
  'sources.webhook.standard': 'Give the address and the secret to whoever looks after the other system:',
  'sources.pull': 'Look for orders now',
  'sources.pulled': 'It answers. {{count}} new or changed order.|It answers. {{count}} new or changed orders.',
  'sources.pulledRefused':
    '{{count}} order could not be taken: see the log.|{{count}} orders could not be taken: see the log.',
  'sources.pulledAt': 'last asked {{ago}}',
  'sources.neverPulled': 'not asked yet',
  'sources.removeSure': 'No more orders come from {{name}}. Orders that have come stay. Remove it?',
  'sources.log': 'What came',
  'sources.log.none': 'Nothing has come yet.',
  'sources.what.order': 'Order',
  'sources.what.webhook': 'Call',
  'sources.what.pull': 'Look for orders',
  'sources.what.status': 'Status to them',
  'sources.outcome.taken': 'taken',
  'sources.outcome.told': 'sent',
  'sources.outcome.unchanged': 'nothing new',
  'sources.outcome.refused': 'refused',
  'sources.outcome.failed': 'failed',
} as const;

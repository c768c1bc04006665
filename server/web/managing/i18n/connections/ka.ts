export const words = {
  'tab.sources': 'შეკვეთების წყაროები',
  'do.change': 'შეცვლა',
  'error.because': 'არ გამოვიდა:',
  'sources.hint': 'მაღაზიები, სალაროები და მიტანის სერვისები, რომელთა შეკვეთები თავისით მოდის.',
  'sources.none': 'წყარო ჯერ არ არის. დაამატეთ პირველი.',
  'sources.new': 'წყაროს დამატება',
  'sources.kind': 'საიდან მოდის შეკვეთები',
  'sources.kind.print': 'სალარო, რომელიც ბეჭდავს',
  'sources.kind.standard': 'სხვა სისტემა, ხელმოწერილი ვებჰუკებით',
  'sources.name.hint': 'წერია თითოეულ შეკვეთაზე, მაგალითად საიტი.',
  'sources.optional': 'შეიძლება ცარიელი',
  'sources.more': 'სხვა პარამეტრები',
  'sources.keepSecret': 'დატოვეთ ცარიელი, რომ ძველი დარჩეს.',
  'sources.pollSeconds': 'რამდენ წამში ერთხელ მოიძებნოს ახალი შეკვეთები',
  'sources.dueAt': 'ველი, სადაც დანამატი გატანის ან მიტანის დროს ინახავს',
  'sources.table': 'ველი, სადაც დანამატი მაგიდას ინახავს',
  'sources.shopUrl': 'მაღაზიის მისამართი',
  'sources.shop': 'მაღაზიის სახელი Shopify-ში',
  'sources.webhookSecret': 'მისი ვებჰუკის საიდუმლო: მოიფიქრეთ ასოები და ციფრები',
  'sources.port': 'პორტი, რომელზეც სალარო ბეჭდავს',
  'sources.host': 'ამ სერვერის მისამართი დაწესებულების ქსელში; 0.0.0.0 — ყველა',
  'sources.layout': 'როგორ გამოიყურება სალაროს ჩეკი',
  'sources.hint.woocommerce':
    'მაღაზიაში: WooCommerce → Settings → Advanced → REST API → Add key, უფლებით Read/Write. ორივე გასაღები აქ გადმოიტანეთ: მაღაზია მათ ერთხელ აჩვენებს.',
  'sources.hint.shopify':
    'Shopify-ის Dev Dashboard-ში: შექმენით აპი, გამოუშვით და დააყენეთ მაღაზიაში. ორივე მონაცემი მისი პარამეტრებიდან გადმოიტანეთ.',
  'sources.hint.square':
    'Square-ის Developer Console-ში: გახსენით აპლიკაცია და გადმოიტანეთ წვდომის ტოკენი და ლოკაციის ID. ხელმოწერის გასაღები მოგვიანებით, ვებჰუკთან ერთად იქმნება.',
  'sources.hint.hubrise':
    'HubRise-ში: დაუკავშირეთ Ticketrail ლოკაციას და გადმოიტანეთ ლოკაციის ID, წვდომის ტოკენი და კავშირის კლიენტის საიდუმლო.',
  'sources.hint.print':
    'სალარო ამ სერვერზე ისე ბეჭდავს, როგორც სამზარეულოს პრინტერზე, და თითოეული ჩეკი შეკვეთა ხდება. სალაროს პრინტერში მიუთითეთ ამ სერვერის მისამართი და ეს პორტი.',
  'sources.hint.standard':
    'სისტემებისთვის, რომლებსაც მისამართის გამოძახება და ხელმოწერა შეუძლიათ. მისამართს და საიდუმლოს დამატების შემდეგ მიიღებთ.',
  'sources.made': '{{name}} დამატებულია.',
  'sources.secretOnce': 'საიდუმლო მხოლოდ ახლა ჩანს: დააკოპირეთ.',
  'sources.webhook.woocommerce':
    'შეკვეთები წუთში ერთხელ მოდის. რომ წამებში მოვიდეს: WooCommerce → Settings → Advanced → Webhooks → Add webhook, თემა Order updated, თქვენი საიდუმლო და ეს მისამართი:',
  'sources.webhook.shopify':
    'შეკვეთები წუთში ერთხელ მოდის. რომ წამებში მოვიდეს, აპმა orders/create, orders/updated და orders/cancelled ამ მისამართზე უნდა გაგზავნოს:',
  'sources.webhook.square':
    'შეკვეთები წუთში ერთხელ მოდის. რომ წამებში მოვიდეს, დაამატეთ ვებჰუკი order.created და order.updated-ისთვის ამ მისამართით და მისი ხელმოწერის გასაღები აქ გადმოიტანეთ:',
  'sources.webhook.hubrise':
    'შეკვეთები ნახევარ წუთში ერთხელ მოდის. რომ წამებში მოვიდეს, კავშირის callback-ად ეს მისამართი მიუთითეთ:',
  'sources.webhook.standard': 'მისამართი და საიდუმლო მიეცით მას, ვინც სხვა სისტემას უვლის:',
  'sources.pull': 'შეკვეთების ძებნა ახლა',
  'sources.pulled': 'პასუხობს. {{count}} ახალი ან შეცვლილი შეკვეთა.|პასუხობს. {{count}} ახალი ან შეცვლილი შეკვეთა.',
  'sources.pulledRefused':
    '{{count}} შეკვეთა ვერ მივიღეთ: იხილეთ ჟურნალი.|{{count}} შეკვეთა ვერ მივიღეთ: იხილეთ ჟურნალი.',
  'sources.pulledAt': 'ბოლო მოთხოვნა {{ago}}',
  'sources.neverPulled': 'ჯერ არ მოგვითხოვია',
  'sources.removeSure': '{{name}}: შეკვეთები აღარ მოვა. უკვე მოსული დარჩება. წავშალოთ?',
  'sources.log': 'რა მოვიდა',
  'sources.log.none': 'ჯერ არაფერი მოსულა.',
  'sources.what.order': 'შეკვეთა',
  'sources.what.webhook': 'გამოძახება',
  'sources.what.pull': 'შეკვეთების ძებნა',
  'sources.what.status': 'სტატუსი მათთვის',
  'sources.outcome.taken': 'მიღებულია',
  'sources.outcome.told': 'გაგზავნილია',
  'sources.outcome.unchanged': 'სიახლე არ არის',
  'sources.outcome.refused': 'უარყოფილია',
  'sources.outcome.failed': 'ვერ მოხერხდა',
} as const;

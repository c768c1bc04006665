export const words = {
  'tab.sources': 'Origen de pedidos',
  'do.change': 'Cambiar',
  'error.because': 'No ha funcionado:',
  'sources.hint': 'Tiendas, cajas y servicios de reparto cuyos pedidos llegan solos.',
  'sources.none': 'Aún no hay ningún origen. Añada el primero.',
  'sources.new': 'Añadir un origen',
  'sources.kind': 'De dónde vienen los pedidos',
  'sources.kind.print': 'Una caja que imprime',
  'sources.kind.standard': 'Otro sistema, por webhooks firmados',
  'sources.name.hint': 'Aparece en cada pedido, por ejemplo Tienda web.',
  'sources.optional': 'puede quedar vacío',
  'sources.more': 'Más ajustes',
  'sources.keepSecret': 'Déjelo vacío para conservar el guardado.',
  'sources.pollSeconds': 'Segundos entre dos consultas de pedidos nuevos',
  'sources.dueAt': 'Campo en que un plugin guarda la hora de recogida o entrega',
  'sources.table': 'Campo en que un plugin guarda la mesa',
  'sources.shopUrl': 'Dirección de la tienda',
  'sources.shop': 'Nombre de la tienda en Shopify',
  'sources.webhookSecret': 'Secreto para su webhook, letras y cifras que usted inventa',
  'sources.port': 'Puerto en el que imprime la caja',
  'sources.host': 'Dirección de este servidor en la red del local; 0.0.0.0 para todas',
  'sources.layout': 'Qué aspecto tienen los tickets de la caja',
  'sources.hint.woocommerce':
    'En la tienda: WooCommerce → Ajustes → Avanzado → API REST → Añadir clave, con permiso de lectura y escritura. Copie aquí las dos claves: la tienda las muestra una sola vez.',
  'sources.hint.shopify':
    'En el Dev Dashboard de Shopify: cree una aplicación, publíquela e instálela en la tienda. Copie ambos datos de sus ajustes.',
  'sources.hint.square':
    'En la Developer Console de Square: abra su aplicación y copie el token de acceso y el ID del local. La clave de firma se crea después, con el webhook.',
  'sources.hint.hubrise':
    'En HubRise: conecte Ticketrail al local y copie el ID del local, el token de acceso y el secreto de cliente de la conexión.',
  'sources.hint.print':
    'La caja imprime en este servidor como en una impresora de cocina, y cada ticket se convierte en un pedido. Ponga en la impresora de la caja la dirección de este servidor y este puerto.',
  'sources.hint.standard':
    'Para sistemas que pueden llamar a una dirección y firmar la llamada. Después recibirá la dirección y el secreto.',
  'sources.made': '{{name}} está añadido.',
  'sources.secretOnce': 'El secreto solo se muestra ahora: cópielo.',
  'sources.webhook.woocommerce':
    'Los pedidos llegan cada minuto. Para tenerlos en segundos: WooCommerce → Ajustes → Avanzado → Webhooks → Añadir webhook, tema Pedido actualizado, su secreto para el webhook y esta URL de entrega:',
  'sources.webhook.shopify':
    'Los pedidos llegan cada minuto. Para tenerlos en segundos, haga que la aplicación envíe orders/create, orders/updated y orders/cancelled a esta dirección:',
  'sources.webhook.square':
    'Los pedidos llegan cada minuto. Para tenerlos en segundos, añada un webhook para order.created y order.updated con esta dirección y copie aquí su clave de firma:',
  'sources.webhook.hubrise':
    'Los pedidos llegan cada medio minuto. Para tenerlos en segundos, ponga esta dirección como callback de la conexión:',
  'sources.webhook.standard': 'Dé la dirección y el secreto a quien lleva el otro sistema:',
  'sources.pull': 'Buscar pedidos ahora',
  'sources.pulled':
    'Responde. {{count}} pedido nuevo o cambiado.|Responde. {{count}} pedidos nuevos o cambiados.|Responde. {{count}} pedidos nuevos o cambiados.',
  'sources.pulledRefused':
    'No se pudo tomar {{count}} pedido: vea el registro.|No se pudieron tomar {{count}} pedidos: vea el registro.|No se pudieron tomar {{count}} pedidos: vea el registro.',
  'sources.pulledAt': 'consultado {{ago}}',
  'sources.neverPulled': 'aún no consultado',
  'sources.removeSure': 'Ya no llegan pedidos de {{name}}. Los que han llegado se quedan. ¿Quitarlo?',
  'sources.log': 'Qué ha llegado',
  'sources.log.none': 'Aún no ha llegado nada.',
  'sources.what.order': 'Pedido',
  'sources.what.webhook': 'Llamada',
  'sources.what.pull': 'Consulta de pedidos',
  'sources.what.status': 'Estado para ellos',
  'sources.outcome.taken': 'tomado',
  'sources.outcome.told': 'enviado',
  'sources.outcome.unchanged': 'nada nuevo',
  'sources.outcome.refused': 'rechazado',
  'sources.outcome.failed': 'fallido',
} as const;

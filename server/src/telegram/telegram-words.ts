import type { OrderEscalationKind } from '#contract/admin.ts';
import type { Language } from '#contract/setting-names.ts';
import type { Fulfilment, Status } from '#contract/status.ts';

/** Why an order is rejected, as named in a button's data. */
export const REASONS = ['sold_out', 'too_busy', 'closed', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** What the bot says; the words for an order are those of the screen (src/renderer/i18n). */
export interface TelegramWords {
  status: Record<Status, string>;
  fulfilment: Record<Fulfilment, string>;
  alert: Record<OrderEscalationKind, string>;
  reason: Record<Reason, string>;
  button: Record<'accept' | 'reject' | 'seen' | 'back', string>;
  table: (table: string) => string;
  due: (time: string) => string;
  seenBy: (name: string) => string;
  more: (count: number) => string;
  /** Somebody wrote /start without a code. */
  startHow: string;
  codeWrong: string;
  linked: (shop: string) => string;
  stopped: string;
  /** Answers to a button. */
  tooOld: string;
  notLinked: string;
  already: string;
  movedOn: string;
  deleted: string;
}

export const TELEGRAM_WORDS: Record<Language, TelegramWords> = {
  en: {
    status: {
      pending: 'New',
      preparing: 'Preparing',
      ready: 'Ready',
      delivering: 'Out for delivery',
      completed: 'Done',
      rejected: 'Rejected',
      cancelled: 'Cancelled',
    },
    fulfilment: { pickup: 'Pickup', delivery: 'Delivery', dine_in: 'Dine in', booking: 'Booking' },
    alert: {
      undelivered: 'No screen has this order',
      unacknowledged: 'Nobody has seen this order',
      no_display: 'No screen is on',
    },
    reason: { sold_out: 'Sold out', too_busy: 'Kitchen too busy', closed: 'We are closed', other: 'Another reason' },
    button: { accept: 'Accept', reject: 'Reject', seen: 'Seen', back: 'Back' },
    table: (table) => `Table ${table}`,
    due: (time) => `due ${time}`,
    seenBy: (name) => `Seen by ${name}`,
    more: (count) => `${count} more`,
    startHow: 'Write /start and the code from the Telegram page of your shop.',
    codeWrong: 'This code is wrong or too old. Make another one and try again.',
    linked: (shop) => `Done: orders of ${shop} come to this chat. /stop ends it.`,
    stopped: 'Orders do not come to this chat any more.',
    tooOld: 'This message is too old.',
    notLinked: 'This chat is not linked to the shop of this order.',
    already: 'Somebody has done this already.',
    movedOn: 'The order has moved on.',
    deleted: 'This order was deleted.',
  },
  es: {
    status: {
      pending: 'Nuevo',
      preparing: 'En cocina',
      ready: 'Listo',
      delivering: 'En reparto',
      completed: 'Hecho',
      rejected: 'Rechazado',
      cancelled: 'Cancelado',
    },
    fulfilment: { pickup: 'Para llevar', delivery: 'A domicilio', dine_in: 'En sala', booking: 'Reserva' },
    alert: {
      undelivered: 'Ninguna pantalla tiene este pedido',
      unacknowledged: 'Nadie ha visto este pedido',
      no_display: 'No hay ninguna pantalla encendida',
    },
    reason: {
      sold_out: 'Agotado',
      too_busy: 'La cocina no da abasto',
      closed: 'Estamos cerrados',
      other: 'Otro motivo',
    },
    button: { accept: 'Aceptar', reject: 'Rechazar', seen: 'Visto', back: 'Atrás' },
    table: (table) => `Mesa ${table}`,
    due: (time) => `para las ${time}`,
    seenBy: (name) => `Visto por ${name}`,
    more: (count) => `${count} más`,
    startHow: 'Escriba /start y el código de la página de Telegram de su tienda.',
    codeWrong: 'El código es incorrecto o ha caducado. Cree otro e inténtelo de nuevo.',
    linked: (shop) => `Listo: los pedidos de ${shop} llegan a este chat. /stop lo termina.`,
    stopped: 'Los pedidos ya no llegan a este chat.',
    tooOld: 'Este mensaje es demasiado antiguo.',
    notLinked: 'Este chat no está enlazado con la tienda de este pedido.',
    already: 'Alguien ya lo ha hecho.',
    movedOn: 'El pedido ya está en otro paso.',
    deleted: 'Este pedido se ha borrado.',
  },
  ru: {
    status: {
      pending: 'Новый',
      preparing: 'Готовится',
      ready: 'Готов',
      delivering: 'В пути',
      completed: 'Закрыт',
      rejected: 'Отклонён',
      cancelled: 'Отменён',
    },
    fulfilment: { pickup: 'Самовывоз', delivery: 'Доставка', dine_in: 'В зале', booking: 'Бронь' },
    alert: {
      undelivered: 'Этого заказа нет ни на одном экране',
      unacknowledged: 'Этот заказ никто не видел',
      no_display: 'Ни один экран не включён',
    },
    reason: { sold_out: 'Закончилось', too_busy: 'Кухня перегружена', closed: 'Мы закрыты', other: 'Другая причина' },
    button: { accept: 'Принять', reject: 'Отклонить', seen: 'Вижу', back: 'Назад' },
    table: (table) => `Стол ${table}`,
    due: (time) => `к ${time}`,
    seenBy: (name) => `Увидел(а): ${name}`,
    more: (count) => `ещё ${count}`,
    startHow: 'Напишите /start и код со страницы Telegram вашего магазина.',
    codeWrong: 'Код неверен или устарел. Создайте новый и попробуйте снова.',
    linked: (shop) => `Готово: заказы «${shop}» приходят в этот чат. /stop отключает.`,
    stopped: 'Заказы больше не приходят в этот чат.',
    tooOld: 'Это сообщение слишком старое.',
    notLinked: 'Этот чат не связан с магазином этого заказа.',
    already: 'Это уже кто-то сделал.',
    movedOn: 'Заказ уже на другом шаге.',
    deleted: 'Этот заказ удалён.',
  },
  ka: {
    status: {
      pending: 'ახალი',
      preparing: 'მზადდება',
      ready: 'მზადაა',
      delivering: 'გზაშია',
      completed: 'დასრულდა',
      rejected: 'უარყოფილია',
      cancelled: 'გაუქმდა',
    },
    fulfilment: { pickup: 'წასაღებად', delivery: 'მიტანა', dine_in: 'ადგილზე', booking: 'ჯავშანი' },
    alert: {
      undelivered: 'ეს შეკვეთა არცერთ ეკრანზე არ არის',
      unacknowledged: 'ეს შეკვეთა არავის უნახავს',
      no_display: 'არცერთი ეკრანი არ არის ჩართული',
    },
    reason: {
      sold_out: 'გათავდა',
      too_busy: 'სამზარეულო გადატვირთულია',
      closed: 'დაკეტილია',
      other: 'სხვა მიზეზი',
    },
    button: { accept: 'მიღება', reject: 'უარყოფა', seen: 'ვნახე', back: 'უკან' },
    table: (table) => `მაგიდა ${table}`,
    due: (time) => `${time}-ისთვის`,
    seenBy: (name) => `ნახა: ${name}`,
    more: (count) => `კიდევ ${count}`,
    startHow: 'დაწერეთ /start და კოდი თქვენი მაღაზიის Telegram-ის გვერდიდან.',
    codeWrong: 'კოდი არასწორია ან ვადაგასულია. შექმენით ახალი და სცადეთ ისევ.',
    linked: (shop) => `მზადაა: ${shop}-ის შეკვეთები ამ ჩატში მოდის. /stop გამორთავს.`,
    stopped: 'შეკვეთები ამ ჩატში აღარ მოდის.',
    tooOld: 'ეს შეტყობინება ძალიან ძველია.',
    notLinked: 'ეს ჩატი ამ შეკვეთის მაღაზიასთან არ არის დაკავშირებული.',
    already: 'ეს უკვე ვიღაცამ გააკეთა.',
    movedOn: 'შეკვეთა უკვე სხვა საფეხურზეა.',
    deleted: 'ეს შეკვეთა წაიშალა.',
  },
  th: {
    status: {
      pending: 'ใหม่',
      preparing: 'กำลังทำ',
      ready: 'พร้อม',
      delivering: 'กำลังส่ง',
      completed: 'เสร็จแล้ว',
      rejected: 'ปฏิเสธ',
      cancelled: 'ยกเลิก',
    },
    fulfilment: { pickup: 'รับเอง', delivery: 'เดลิเวอรี', dine_in: 'ทานที่ร้าน', booking: 'จองไว้' },
    alert: {
      undelivered: 'ยังไม่มีจอไหนได้รับออเดอร์นี้',
      unacknowledged: 'ยังไม่มีใครเห็นออเดอร์นี้',
      no_display: 'ไม่มีจอเปิดอยู่',
    },
    reason: { sold_out: 'ของหมด', too_busy: 'ครัวยุ่งเกินไป', closed: 'ร้านปิดแล้ว', other: 'เหตุผลอื่น' },
    button: { accept: 'รับออเดอร์', reject: 'ปฏิเสธ', seen: 'เห็นแล้ว', back: 'กลับ' },
    table: (table) => `โต๊ะ ${table}`,
    due: (time) => `กำหนด ${time}`,
    seenBy: (name) => `${name} เห็นแล้ว`,
    more: (count) => `อีก ${count}`,
    startHow: 'พิมพ์ /start ตามด้วยรหัสจากหน้า Telegram ของร้าน',
    codeWrong: 'รหัสผิดหรือหมดอายุ สร้างรหัสใหม่แล้วลองอีกครั้ง',
    linked: (shop) => `เรียบร้อย ออเดอร์ของ ${shop} จะมาที่แชตนี้ พิมพ์ /stop เพื่อหยุด`,
    stopped: 'ออเดอร์จะไม่มาที่แชตนี้แล้ว',
    tooOld: 'ข้อความนี้เก่าเกินไป',
    notLinked: 'แชตนี้ไม่ได้เชื่อมกับร้านของออเดอร์นี้',
    already: 'มีคนทำไปแล้ว',
    movedOn: 'ออเดอร์อยู่ขั้นตอนอื่นแล้ว',
    deleted: 'ออเดอร์นี้ถูกลบแล้ว',
  },
  ar: {
    status: {
      pending: 'جديد',
      preparing: 'قيد التحضير',
      ready: 'جاهز',
      delivering: 'في الطريق',
      completed: 'منتهٍ',
      rejected: 'مرفوض',
      cancelled: 'ملغى',
    },
    fulfilment: { pickup: 'استلام', delivery: 'توصيل', dine_in: 'في المطعم', booking: 'حجز' },
    alert: {
      undelivered: 'لا تعرض أي شاشة هذا الطلب',
      unacknowledged: 'لم يشاهد أحد هذا الطلب',
      no_display: 'لا توجد شاشة تعمل',
    },
    reason: { sold_out: 'نفد', too_busy: 'المطبخ مزدحم', closed: 'نحن مغلقون', other: 'سبب آخر' },
    button: { accept: 'قبول', reject: 'رفض', seen: 'شاهدته', back: 'رجوع' },
    table: (table) => `طاولة ${table}`,
    due: (time) => `موعده ${time}`,
    seenBy: (name) => `شاهده ${name}`,
    more: (count) => `${count} أخرى`,
    startHow: 'اكتب ‎/start والرمز من صفحة تيليغرام لمتجرك.',
    codeWrong: 'الرمز خاطئ أو قديم. أنشئ رمزًا جديدًا وحاول مرة أخرى.',
    linked: (shop) => `تم: طلبات ${shop} تصل إلى هذه الدردشة. ‎/stop يوقفها.`,
    stopped: 'لم تعد الطلبات تصل إلى هذه الدردشة.',
    tooOld: 'هذه الرسالة قديمة جدًا.',
    notLinked: 'هذه الدردشة غير مرتبطة بمتجر هذا الطلب.',
    already: 'لقد فعل أحدهم ذلك بالفعل.',
    movedOn: 'الطلب في خطوة أخرى الآن.',
    deleted: 'حُذف هذا الطلب.',
  },
};

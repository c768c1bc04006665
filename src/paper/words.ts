import type { Language } from '#contract/setting-names.ts';
import type { Fulfilment, PaymentStatus } from '#contract/status.ts';

/** The words of a ticket that are not in the order; the same as on the screen (src/renderer/i18n). */
export interface PaperWords extends Record<Fulfilment | PaymentStatus, string> {
  /** Before their value, or, in Georgian, behind it. */
  table: (table: string) => string;
  due: (time: string) => string;
  course: (course: number) => string;
  allergy: string;
  rush: string;
  placed: string;
  total: string;
  backup: string;
  /** Stands at the foot when a letter had no glyph. */
  unknownLetter: string;
}

export const UNKNOWN_LETTER = '[?]';

export const PAPER_WORDS: Record<Language, PaperWords> = {
  en: {
    pickup: 'Pickup',
    delivery: 'Delivery',
    dine_in: 'Dine in',
    booking: 'Booking',
    unpaid: 'Unpaid',
    paid: 'Paid',
    refunded: 'Refunded',
    failed: 'Payment failed',
    table: (table) => `Table ${table}`,
    due: (time) => `due ${time}`,
    course: (course) => `Course ${course}`,
    allergy: 'ALLERGY',
    rush: 'Rush',
    placed: 'Placed',
    total: 'Total',
    backup: 'BACKUP',
    unknownLetter: `${UNKNOWN_LETTER} cannot be printed. Read it on the screen.`,
  },
  es: {
    pickup: 'Para llevar',
    delivery: 'A domicilio',
    dine_in: 'En sala',
    booking: 'Reserva',
    unpaid: 'Sin pagar',
    paid: 'Pagado',
    refunded: 'Devuelto',
    failed: 'Pago fallido',
    table: (table) => `Mesa ${table}`,
    due: (time) => `para las ${time}`,
    course: (course) => `Pase ${course}`,
    allergy: 'ALERGIA',
    rush: 'Urgente',
    placed: 'Recibido',
    total: 'Total',
    backup: 'COPIA',
    unknownLetter: `${UNKNOWN_LETTER} no se puede imprimir. Míralo en la pantalla.`,
  },
  ru: {
    pickup: 'Самовывоз',
    delivery: 'Доставка',
    dine_in: 'В зале',
    booking: 'Бронь',
    unpaid: 'Не оплачен',
    paid: 'Оплачен',
    refunded: 'Возврат',
    failed: 'Оплата не прошла',
    table: (table) => `Стол ${table}`,
    due: (time) => `к ${time}`,
    course: (course) => `Подача ${course}`,
    allergy: 'АЛЛЕРГИЯ',
    rush: 'Срочно',
    placed: 'Принят',
    total: 'Сумма',
    backup: 'КОПИЯ',
    unknownLetter: `${UNKNOWN_LETTER} не печатается. Смотрите на экране.`,
  },
  ka: {
    pickup: 'წასაღებად',
    delivery: 'მიტანა',
    dine_in: 'ადგილზე',
    booking: 'ჯავშანი',
    unpaid: 'გადაუხდელი',
    paid: 'გადახდილი',
    refunded: 'თანხა დაბრუნდა',
    failed: 'გადახდა ვერ მოხერხდა',
    table: (table) => `მაგიდა ${table}`,
    due: (time) => `${time}-ისთვის`,
    course: (course) => `რიგი ${course}`,
    allergy: 'ალერგია',
    rush: 'სასწრაფო',
    placed: 'მიღებულია',
    total: 'ჯამი',
    backup: 'ასლი',
    unknownLetter: `${UNKNOWN_LETTER} არ იბეჭდება. იხილეთ ეკრანზე.`,
  },
  th: {
    pickup: 'รับเอง',
    delivery: 'เดลิเวอรี',
    dine_in: 'ทานที่ร้าน',
    booking: 'จองไว้',
    unpaid: 'ยังไม่จ่าย',
    paid: 'จ่ายแล้ว',
    refunded: 'คืนเงินแล้ว',
    failed: 'จ่ายไม่สำเร็จ',
    table: (table) => `โต๊ะ ${table}`,
    due: (time) => `กำหนด ${time}`,
    course: (course) => `คอร์ส ${course}`,
    allergy: 'แพ้อาหาร',
    rush: 'ด่วน',
    placed: 'สั่งเมื่อ',
    total: 'รวม',
    backup: 'สำเนาสำรอง',
    unknownLetter: `${UNKNOWN_LETTER} พิมพ์ไม่ได้ ดูที่หน้าจอ`,
  },
  ar: {
    pickup: 'استلام',
    delivery: 'توصيل',
    dine_in: 'في المطعم',
    booking: 'حجز',
    unpaid: 'غير مدفوع',
    paid: 'مدفوع',
    refunded: 'مُسترد',
    failed: 'فشل الدفع',
    table: (table) => `طاولة ${table}`,
    due: (time) => `موعده ${time}`,
    course: (course) => `الوجبة ${course}`,
    allergy: 'حساسية',
    rush: 'عاجل',
    placed: 'وقت الطلب',
    total: 'المجموع',
    backup: 'نسخة احتياطية',
    unknownLetter: `${UNKNOWN_LETTER} لا يُطبع. اقرأه على الشاشة.`,
  },
};

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PaperTicket, PrinterModel } from '#contract/paper-ticket.ts';
import { printTicket } from '#paper/print-ticket.ts';
import { encodePng } from '#paper/testing/encode-png.ts';
import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { sampleOrder } from '#paper/testing/sample-orders.ts';

/** Prints twelve orders on a fake printer and writes what came out into docs/paper. The same each time. */

const FOLDER = join(import.meta.dirname, '../docs/paper');

interface Sample {
  name: string;
  order: PaperTicket['order'];
  language?: string;
  headings?: PaperTicket['headings'];
  printer?: Partial<PrinterModel>;
}

const SAMPLES: Sample[] = [
  {
    name: 'english',
    order: sampleOrder(
      '117',
      [
        { name: 'Cheeseburger', quantity: 2, modifiers: ['no onion', 'extra cheese'], note: 'well done, please' },
        { name: 'Fries', quantity: 3, modifiers: ['large'] },
        { name: 'Satay chicken', allergens: ['peanut', 'soy'] },
      ],
      { priority: true, note: 'Birthday: bring a candle', dueAt: '2026-11-21T18:05:00.000Z' },
    ),
  },
  {
    name: 'courses',
    order: sampleOrder('A-204', [
      { name: 'Soup of the day', quantity: 2, course: 1 },
      { name: 'Fillet of beef with a sauce of green pepper', quantity: 2, course: 2, modifiers: ['medium rare'] },
      { name: 'Crème brûlée', quantity: 2, course: 3 },
    ]),
  },
  {
    name: 'backup',
    headings: ['backup', 'reprint'],
    order: sampleOrder('118', [{ name: 'Margherita', modifiers: ['no basil'] }], { fulfilment: 'pickup', table: null }),
  },
  {
    name: 'thai',
    language: 'th',
    order: sampleOrder('31', [
      { name: 'ผัดกะเพราหมูสับไข่ดาวราดข้าวพิเศษเพิ่มหมูกรอบ', quantity: 2, modifiers: ['ไม่ใส่ถั่วฝักยาว', 'เผ็ดมาก'] },
      { name: 'ต้มยำกุ้งน้ำข้น', note: 'ไม่เผ็ด ลูกค้าแพ้พริก', allergens: ['กุ้ง'] },
    ]),
  },
  {
    name: 'georgian',
    language: 'ka',
    order: sampleOrder('45', [
      { name: 'ხაჭაპური აჭარული', quantity: 2, modifiers: ['კვერცხის გარეშე'] },
      { name: 'ხინკალი', quantity: 10, note: 'ცხარე' },
    ]),
  },
  {
    name: 'russian',
    language: 'ru',
    headings: ['backup'],
    order: sampleOrder('52', [
      { name: 'Борщ со сметаной', quantity: 2, modifiers: ['без чеснока'] },
      { name: 'Пельмени', allergens: ['глютен'], note: 'соус отдельно' },
    ]),
  },
  {
    name: 'arabic',
    language: 'ar',
    order: sampleOrder('63', [
      { name: 'شاورما دجاج كبيرة', quantity: 2, modifiers: ['بدون بصل', 'إضافة ثوم'] },
      { name: 'بيتزا Margherita 30 سم', note: 'العميل لديه حساسية من الفول السوداني', allergens: ['فول سوداني'] },
    ]),
  },
  {
    name: 'hebrew-armenian-greek',
    order: sampleOrder('74', [
      { name: 'פלאפל בפיתה (גדול)', quantity: 3, modifiers: ['בלי חריף'] },
      { name: 'Խորոված հավի', modifiers: ['առանց սոխի'] },
      { name: 'Χωριάτικη σαλάτα', note: 'χωρίς ελιές' },
    ]),
  },
  {
    name: 'letters-without-a-glyph',
    order: sampleOrder('85', [{ name: '拉面 Ramen 🍜', modifiers: ['no egg'] }]),
  },
  {
    name: 'narrow-58mm',
    printer: { dots: 384 },
    order: sampleOrder('96', [
      { name: 'Donaudampfschifffahrtsgesellschaftsschnitzel', quantity: 2, modifiers: ['sin sal'] },
      { name: 'Tiếng Việt: phở bò', quantity: 12 },
    ]),
  },
  {
    name: 'impact',
    printer: { command: 'impact' },
    order: sampleOrder('107', [
      { name: 'Burger', quantity: 2, modifiers: ['no onion'] },
      { name: 'ხაჭაპური', note: 'hot' },
    ]),
  },
  { name: 'test', headings: ['test'], order: sampleOrder('1', [{ name: 'Espresso' }]) },
];

mkdirSync(FOLDER, { recursive: true });
for (const { name, order, language = 'en', headings = [], printer: model } of SAMPLES) {
  const printer = await startFakePrinter();
  const outcome = await printTicket(
    { address: printer.address, columns: 48, dots: 576, encoding: 'raster', command: 'escpos', ...model },
    { order, headings, language, store: { name: 'Old Town', timeZone: 'Asia/Tbilisi' } },
    { signal: AbortSignal.timeout(30_000) },
  );
  await printer.stop();
  if (outcome.kind !== 'printed' || printer.errors.length > 0) throw new Error(`${name} was not printed`);
  writeFileSync(join(FOLDER, `${name}.png`), encodePng(printer.jobs[0]?.rows ?? []));
}
console.log(`${SAMPLES.length} pictures are in docs/paper`);

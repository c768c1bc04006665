import { escpos } from './escpos.ts';

/** Tickets as five tills print them, 42 columns wide. The layouts are made up from what ESC/POS can do. */

/** Quantities in a column, a void line, PC858. */
export const columnsTicket = (number = 117) =>
  escpos()
    .init()
    .page(19, 'cp858')
    .center()
    .size(2, 2)
    .line('KITCHEN')
    .size(1, 1)
    .left()
    .line(`CHK ${number}        TBL 7           GST 4`)
    .line('SRV ANNA          21-NOV-26 12:31')
    .line('------------------------------------------')
    .bold(true)
    .line('  2 KHACHAPURI ADJARULI')
    .bold(false)
    .line('      NO EGG')
    .line('      EXTRA CHEESE')
    .line('  1 CRÈME BRÛLÉE')
    .red(true)
    .line('VOID 1 LAGIDZE PEAR')
    .red(false)
    .line('------------------------------------------')
    .line('COURSE 1: FIRE NOW')
    .feed(4)
    .cut()
    .bytes(0x1b, 0x70, 0, 25, 250);

/** Quantities at the end, Cyrillic in PC866, a large number. */
export const cyrillicTicket = () =>
  escpos()
    .init()
    .page(17, 'cp866')
    .size(3, 3)
    .line('№ 42')
    .size(1, 1)
    .line('Столик: 12    Гостей: 3')
    .line('==========================================')
    .line('Хачапури по-аджарски ................... 2')
    .line('   без яйца')
    .line('Харчо                                  x1')
    .line('Чай чёрный                          1 шт')
    .line('==========================================')
    .line('Официант: Нино')
    .feed(3)
    .bytes(0x1b, 0x69);

/** A web shop's ticket with prices and a customer, WPC1252. */
export const receiptTicket = () =>
  escpos()
    .init()
    .page(16, 'win1252')
    .line('Order #A-118')
    .line('DELIVERY')
    .line('Name: Zoë Müller')
    .line('Tel: +49 170 1234567')
    .line('------------------------------------------')
    .line('2 x Margherita @ 9.50            19.00 €')
    .line('  + olives                        1.00')
    .line('1x Cola 0,33 l                    2.50')
    .line('------------------------------------------')
    .line('Subtotal                         22.50')
    .line('TOTAL                            22.50 EUR')
    .cut();

/** German, a cancellation in the middle, without a code page command. */
export const germanTicket = () =>
  escpos('win1252')
    .init()
    .line('Bestellung Nr. 305   Tisch 3')
    .line('21.11.2026 18:05')
    .line('2x Käsespätzle')
    .line('  ohne Zwiebeln')
    .line('1x Radler groß')
    .line('STORNO 1x Schnitzel')
    .cut();

/** The first one once more, as the till prints it when somebody asks for it. */
export const reprintTicket = () =>
  escpos()
    .init()
    .page(19, 'cp858')
    .line('*** REPRINT ***')
    .line('CHK 117        TBL 7           GST 4')
    .line('SRV ANNA          21-NOV-26 12:45')
    .line('------------------------------------------')
    .line('  2 KHACHAPURI ADJARULI')
    .line('      NO EGG')
    .line('      EXTRA CHEESE')
    .line('  1 CRÈME BRÛLÉE')
    .line('VOID 1 LAGIDZE PEAR')
    .line('------------------------------------------')
    .line('COURSE 1: FIRE NOW')
    .feed(4)
    .cut();

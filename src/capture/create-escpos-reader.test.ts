import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEscposReader } from './create-escpos-reader.ts';
import { judgeJob } from './judge-job.ts';
import type { Printed, ReadEvent } from './printed.ts';
import { escpos } from './testing/escpos.ts';

function read(bytes: Uint8Array): { jobs: Printed[]; rest: Printed | null; events: ReadEvent[] } {
  const reader = createEscposReader();
  const events = reader.push(bytes);
  const jobs = events.flatMap((event) => (event.kind === 'job' ? [event.printed] : []));
  return { jobs, rest: reader.flush(), events };
}
const textOf = (printed: Printed | null | undefined) => printed?.lines.map(({ text }) => text) ?? [];
const job = (till: ReturnType<typeof escpos>) => read(till.cut().end()).jobs[0];

describe('[section 16] a job of a till', () => {
  it.each([
    ['GS V 0', [0x1d, 0x56, 0]],
    ['GS V 1', [0x1d, 0x56, 49]],
    ['GS V 66 n', [0x1d, 0x56, 66, 65]],
    ['GS V 104 n', [0x1d, 0x56, 104, 65]],
    ['ESC i', [0x1b, 0x69]],
    ['ESC m', [0x1b, 0x6d]],
  ])('ends with the cut %s, and no parameter becomes text', (_name, cut) => {
    const { jobs, rest } = read(
      Buffer.concat([
        escpos()
          .line('one')
          .bytes(...cut)
          .end(),
        escpos()
          .line('two')
          .bytes(...cut)
          .end(),
      ]),
    );
    expect(jobs.map(textOf)).toEqual([['one'], ['two']]);
    expect(jobs.map(({ complete }) => complete)).toEqual([true, true]);
    expect(rest).toBeNull();
  });

  it('that has no cut is what came, and is not complete', () => {
    const { jobs, rest } = read(escpos().init().line('Order 5').text('2 x Tea').end());
    expect(jobs).toEqual([]);
    expect(rest).toMatchObject({ complete: false });
    expect(textOf(rest)).toEqual(['Order 5', '2 x Tea']);
  });

  it.each([
    [16, 'win1252', 'Käse für 5 €'],
    [17, 'cp866', 'Хачапури по-аджарски'],
    [19, 'cp858', 'Crème brûlée 5 €'],
    [46, 'win1251', 'Борщ №7'],
    [18, 'cp852', 'Żurek, řízek'],
    [14, 'cp737', 'Σουβλάκι'],
    [13, 'cp857', 'İskender, köfte'],
    [36, 'cp862', 'שקשוקה'],
    [21, 'tis620', 'ผัดไทย'],
    [1, 'shift_jis', 'ｺｰﾋｰ'],
  ])('is read in the code page of ESC t %d', (n, encoding, text) => {
    expect(textOf(job(escpos().init().page(n, encoding).line(text)))).toEqual([text]);
  });

  it('is read in PC437 until a page is chosen, unless it is UTF-8', () => {
    expect(textOf(job(escpos().line('Café ½')))).toEqual(['Café ½']);
    expect(textOf(job(escpos('utf8').line('ხაჭაპური')))).toEqual(['ხაჭაპური']);
  });

  it('keeps its plain letters where the page is not known, and names the page', () => {
    const printed = job(escpos().page(41, 'win1252').line('2 x Käse'));
    expect(textOf(printed)).toEqual(['2 x K�se']);
    expect(printed?.unreadable).toEqual(['PC1098']);
  });

  it('is read in two-byte characters and in a country’s letters', () => {
    expect(textOf(job(escpos('gb18030').bytes(0x1c, 0x26).line('2 x 红烧牛肉面')))).toEqual(['2 x 红烧牛肉面']);
    expect(textOf(job(escpos().bytes(0x1b, 0x52, 2).line('K{se')))).toEqual(['Käse']);
  });

  it('keeps sizes, bold and red of its lines, until it is initialised', () => {
    const till = escpos()
      .size(2, 3)
      .bold(true)
      .line('A 117')
      .bold(false)
      .size(1, 1)
      .red(true)
      .line('no egg')
      .init()
      .line('x');
    expect(job(till)?.lines).toEqual([
      { text: 'A 117', height: 3, width: 2, bold: true, marked: false },
      { text: 'no egg', height: 1, width: 1, bold: false, marked: true },
      { text: 'x', height: 1, width: 1, bold: false, marked: false },
    ]);
  });

  it('keeps its columns apart, however they are placed', () => {
    expect(textOf(job(escpos().text('Tea').bytes(0x1b, 0x24, 0x20, 0x01).line('4.50')))).toEqual([
      `Tea${' '.repeat(21)}4.50`,
    ]);
    expect(textOf(job(escpos().line('Tea\t4.50')))).toEqual(['Tea     4.50']);
  });

  it('has no text from pictures, bar codes, glyphs and settings', () => {
    const raster = [0x1d, 0x76, 0x30, 0, 2, 0, 3, 0, ...Buffer.from('PIXELS')];
    const till = escpos()
      .init()
      .bytes(...raster)
      .bytes(0x1b, 0x2a, 33, 2, 0, ...Buffer.from('PIXELS'))
      .bytes(0x1d, 0x28, 0x4c, 6, 0, ...Buffer.from('PIXELS'))
      .bytes(0x1d, 0x38, 0x4c, 6, 0, 0, 0, ...Buffer.from('PIXELS'))
      .bytes(0x1d, 0x28, 0x6b, 8, 0, 49, 80, 48, ...Buffer.from('QRTXT'))
      .bytes(0x1d, 0x6b, 4, ...Buffer.from('CODE'), 0)
      .bytes(0x1d, 0x6b, 73, 4, ...Buffer.from('CODE'))
      .bytes(0x1d, 0x6b, 0, ...Buffer.from('123'), 0)
      .bytes(0x1b, 0x44, 65, 66, 0)
      .bytes(0x1b, 0x26, 1, 65, 66, 2, 67, 68, 1, 69)
      .bytes(0x1b, 0x70, 0, 65, 66)
      .bytes(0x1b, 0x63, 0x35, 65)
      .bytes(0x1b, 0x57, 65, 65, 65, 65, 65, 65, 65, 65)
      .bytes(0x1c, 0x71, 1, 1, 0, 1, 0, ...Buffer.from('12345678'))
      .bytes(0x10, 0x14, 1, 65, 66)
      .line('Tea');
    const printed = job(till);
    expect(textOf(printed)).toEqual(['Tea']);
    expect(printed?.strays).toBe(0);
  });

  it('has the same hash when it is sent again, whatever is asked or set up between', () => {
    const ticket = escpos().line('Order 5').line('2 x Tea').cut().end();
    const again = escpos().bytes(0x10, 4, 1).init().bytes(0x1b, 0x70, 0, 25, 250).end();
    const { jobs } = read(Buffer.concat([ticket, again, ticket, escpos().line('Order 6').line('2 x Tea').cut().end()]));
    expect(jobs[1]?.hash).toBe(jobs[0]?.hash);
    expect(jobs[2]?.hash).not.toBe(jobs[0]?.hash);
  });
});

describe('requests of a till', () => {
  it('are found, and are no text', () => {
    const { events, rest } = read(
      Buffer.from([
        0x10, 4, 1, 0x10, 4, 7, 1, 0x1d, 0x72, 1, 0x1d, 0x49, 66, 0x1d, 0x61, 255, 0x1b, 0x76, 0x1b, 0x75, 0, 0x1d,
        0x28, 0x48, 6, 0, 48, 48, 65, 66, 67, 68,
      ]),
    );
    expect(events.map((event) => event.kind === 'ask' && event.ask.what)).toEqual([
      'status',
      'status',
      'sensor',
      'identity',
      'automatic',
      'sensor',
      'drawer',
      'process',
    ]);
    expect(events.at(-1)).toMatchObject({ ask: { when: 'ordered', parameters: [65, 66, 67, 68] } });
    expect(rest).toBeNull();
  });
});

/** Bytes as a till, and as anything else, may send them. */
const anything = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        escpos().init().line('2 x Tea').cut().end(),
        escpos().page(17, 'cp866').line('Чай').cut().end(),
        Buffer.from([0x1d, 0x76, 0x30, 0, 1, 0, 9, 0]),
        Buffer.from([0x1d, 0x6b, 4, 65]),
        Buffer.from([0x1b, 0x26, 3, 32, 126]),
        Buffer.from([0x10, 4, 2]),
        Buffer.from([0x1c, 0x26]),
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat(parts));

it('reads the same jobs however the bytes are split', () => {
  fc.assert(
    fc.property(anything, fc.array(fc.nat(400), { maxLength: 8 }), (bytes, cuts) => {
      const reader = createEscposReader();
      const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const events = ends.flatMap((end, i) => reader.push(bytes.subarray(ends[i - 1] ?? 0, end)));
      const whole = read(bytes);
      expect(events).toEqual(whole.events);
      expect(reader.flush()).toEqual(whole.rest);
    }),
    { numRuns: 300 },
  );
});

it('[section 16] stops at 1 MiB without a cut, whatever the bytes say', () => {
  for (const piece of [
    Buffer.alloc(1024, 'A'),
    Buffer.from([0x1d, 0x38, 0x4c, 255, 255, 255, 255]),
    Buffer.from([0x1b, 0x26, 255, 0, 255, 255]),
  ]) {
    const reader = createEscposReader();
    let events: ReadEvent[] = [];
    let sent = 0;
    for (; sent < 1024 * 1024 + 2_048 && events.length === 0; sent += piece.length) events = reader.push(piece);
    expect(events).toEqual([{ kind: 'too-long' }]);
    expect(sent).toBeLessThan(1024 * 1024 + 1_100);
    expect(reader.push(escpos().line('x').cut().end())).toEqual([]);
  }
});

describe('[section 16] noise', () => {
  it.each([
    ['a web request', Buffer.from('GET / HTTP/1.1\r\nHost: 10.0.0.5:9100\r\nAccept: */*\r\n\r\n')],
    ['a greeting', Buffer.from('HELP\r\n')],
    [
      'a TLS hello',
      Buffer.from([
        0x16,
        3,
        1,
        0,
        0xc8,
        1,
        0,
        0,
        0xc4,
        3,
        3,
        ...Array.from({ length: 200 }, (_, i) => (i * 89 + 7) % 256),
      ]),
    ],
    ['a printer’s language of another kind', Buffer.from('\x1b%-12345X@PJL INFO STATUS\r\n')],
    ['zeros', Buffer.alloc(1_000)],
    ['a blank line', Buffer.from('\r\n\r\n')],
  ])('%s is no order', (_what, bytes) => {
    const { jobs, rest } = read(bytes);
    for (const printed of [...jobs, ...(rest ? [rest] : [])]) expect(judgeJob(printed)).not.toBe('order');
  });

  it('of random bytes is no order', () => {
    const verdicts = new Map<string, number>();
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 16) & 255;
    };
    for (let i = 0; i < 500; i++) {
      const { jobs, rest } = read(Buffer.from(Array.from({ length: 8 + i * 4 }, random)));
      // The connection ends with the first job that is noise.
      const first = jobs[0] ?? rest;
      if (first) verdicts.set(judgeJob(first), (verdicts.get(judgeJob(first)) ?? 0) + 1);
    }
    expect(verdicts.get('order') ?? 0).toBe(0);
    expect(verdicts.get('noise')).toBeGreaterThan(200);
  });
});

describe('what a till sends beside orders', () => {
  it.each([
    ['a drawer’s kick', escpos().init().bytes(0x1b, 0x70, 0, 25, 250), 'nothing'],
    ['a feed', escpos().init().feed(5).line(), 'nothing'],
    ['a ruled line', escpos().line('------'), 'nothing'],
    ['a logo', escpos().bytes(0x1d, 0x76, 0x30, 0, 1, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8), 'picture'],
  ])('%s is no order', (_what, till, verdict) => {
    const printed = job(till);
    expect(printed && judgeJob(printed)).toBe(verdict);
  });

  it('an order whose page is not the till’s is still one', () => {
    const printed = job(escpos('cp866').init().line('2 x Хачапури').line('1 x Чай'));
    expect(printed && judgeJob(printed)).toBe('order');
  });
});

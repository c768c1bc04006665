import { createHash } from 'node:crypto';
import type { JobLine } from '#contract/caught-job.ts';
import { askOf } from './ask-of.ts';
import { type CodePage, codePageNumbered, UTF8 } from './code-pages.ts';
import { commandLength, DLE, ESC, FS, GS, UNKNOWN } from './command-length.ts';
import { createLineBuilder, plainStyle } from './create-line-builder.ts';
import type { Printed, ReadEvent } from './printed.ts';

/** A job without a cut ends here, bytes (contract, section 16). */
const JOB_BYTES = 1024 * 1024;
const JOB_LINES = 1_000;
/** Bytes of a command that are looked at; the rest is data. */
const LOOKED_AT = 16;
const HASHED_AT_ONCE = 4_096;
/** Dots of a column: font A. */
const COLUMN_DOTS = 12;
const LF = 0x0a;

export interface EscposReader {
  push(chunk: Uint8Array): ReadEvent[];
  /** What was printed without a cut, when the connection ends or is silent; null: nothing. */
  flush(): Printed | null;
  /** Grows with every byte that is no request of the printer's state. */
  read(): number;
}

/**
 * Reads ESC/POS as a printer does, split at its cuts. What it gives does not depend on how the bytes are split.
 *
 * @param page that the till writes in until it chooses one; null: PC437
 */
export function createEscposReader(page: CodePage | null = null): EscposReader {
  let style = plainStyle(page);
  /** How a two-byte character is read: null outside of Kanji mode. */
  let kanji: 'gb18030' | 'shift_jis' | 'euc-jp' | null = null;
  let kanjiSystem: 'gb18030' | 'shift_jis' | 'euc-jp' = 'gb18030';
  /** Bytes of a command that is not whole. */
  let command: number[] = [];
  /** As many are needed to go on with it. */
  let needed = 0;
  /** Bytes of data to pass over. */
  let skipping = 0;
  let isAfterReturn = false;
  let total = 0;
  let isEnded = false;
  let job = newJob();
  const builder = createLineBuilder((name) => job.unreadable.add(name));

  function push(chunk: Uint8Array): ReadEvent[] {
    const events: ReadEvent[] = [];
    for (let i = 0; i < chunk.length && !isEnded; i++) {
      if (skipping > 0) {
        const passed = Math.min(skipping, chunk.length - i, JOB_BYTES - job.size);
        hash(chunk.subarray(i, i + passed));
        skipping -= passed;
        job.size += passed;
        total += passed;
        i += passed - 1;
      } else {
        take(chunk[i] as number, events);
        total++;
        job.size++;
      }
      if (job.size < JOB_BYTES) continue;
      isEnded = true;
      events.push({ kind: 'too-long' });
    }
    return events;
  }

  function take(byte: number, events: ReadEvent[]): void {
    if (command.length > 0) {
      command.push(byte);
      if (command.length >= needed) proceed(events);
      return;
    }
    const wasAfterReturn = isAfterReturn;
    isAfterReturn = false;
    if (byte === ESC || byte === GS || byte === FS || byte === DLE) {
      command = [byte];
      needed = 2;
      return;
    }
    if (byte >= 0x20 && byte !== 0x7f) {
      print(byte);
      return;
    }
    // NUL fills; BEL sounds; CAN clears.
    if (byte === 0 || byte === 7 || byte === 0x18) return;
    hash([byte]);
    if (byte === 0x09) builder.tab();
    else if (byte === LF && wasAfterReturn) return;
    else if (byte === LF || byte === 0x0c) endLine();
    else if (byte === 0x0d) {
      isAfterReturn = true;
      endLine();
    } else job.strays++;
  }

  function print(byte: number): void {
    job.isBegun = true;
    hash([byte]);
    const isKanji = kanji !== null && (byte >= 0x80 || kanji === 'euc-jp');
    const as = isKanji ? { ...style, page: KANJI[kanji ?? 'gb18030'], isChosen: true } : style;
    builder.add(kanji === 'euc-jp' && byte > 0x20 ? byte | 0x80 : byte, as);
    if (builder.isFull()) endLine();
  }

  function endLine(): void {
    const line = builder.end();
    if (!line) return;
    if (job.lines.length < JOB_LINES) job.lines.push(line);
    else job.moreLines++;
  }

  function proceed(events: ReadEvent[]): void {
    const length = commandLength(command);
    if (length < 0) {
      needed = -length;
      return;
    }
    const bytes = command;
    if (length === UNKNOWN) {
      command = [];
      job.strays++;
      // The printer passes over what it does not know, but not over a line's end or another command.
      for (const byte of bytes.slice(1)) if (byte < 0x20) take(byte, events);
      return;
    }
    if (bytes.length < Math.min(length, LOOKED_AT)) {
      needed = Math.min(length, LOOKED_AT);
      return;
    }
    command = [];
    skipping = length - bytes.length;
    carryOut(bytes, events);
  }

  function carryOut(bytes: readonly number[], events: ReadEvent[]): void {
    const [lead, code = 0, a = 0, b = 0] = bytes;
    const ask = askOf(bytes);
    if (ask) {
      // Tills ask as often as they like; the job stays the same.
      job.size -= bytes.length;
      total -= bytes.length;
      events.push({ kind: 'ask', ask });
      return;
    }
    if (lead === DLE) return;
    job.commands++;
    const name = String.fromCharCode(lead ?? 0, code);
    if (name === '\x1bi' || name === '\x1bm' || name === '\x1dV') {
      events.push({ kind: 'job', printed: endJob(true) });
      return;
    }
    if (PICTURES.has(name) || isPicture(name, a, bytes)) {
      job.pictures++;
      job.isBegun = true;
    }
    hash(bytes);
    switch (name) {
      case '\x1b@':
        endLine();
        style = plainStyle(page);
        kanji = null;
        return;
      case '\x1b!':
        style = { ...style, bold: (a & 8) !== 0, height: a & 16 ? 2 : 1, width: a & 32 ? 2 : 1 };
        return;
      case '\x1d!':
        style = { ...style, height: (a & 7) + 1, width: ((a >> 4) & 7) + 1 };
        return;
      case '\x1bE':
      case '\x1bG':
        style = { ...style, bold: (a & 1) !== 0 };
        return;
      case '\x1dB':
      case '\x1br':
        style = { ...style, marked: (a & 1) !== 0 };
        return;
      case '\x1bt':
        style = { ...style, page: codePageNumbered(a), isChosen: true };
        return;
      case '\x1bR':
        style = { ...style, country: a };
        return;
      case '\x1c&':
        kanji = kanjiSystem;
        return;
      case '\x1c.':
        kanji = null;
        return;
      case '\x1cC':
        kanjiSystem = a % 0x30 === 0 ? 'euc-jp' : 'shift_jis';
        if (kanji) kanji = kanjiSystem;
        return;
      case '\x1c(':
        // Function 48 of FS ( C chooses UTF-8.
        if (a === 0x43 && bytes[5] === 48) {
          const { page: first, isChosen } = plainStyle(page);
          style = {
            ...style,
            ...((bytes[6] ?? 0) % 0x30 === 2 ? { page: UTF8, isChosen: true } : { page: first, isChosen }),
          };
        }
        return;
      case '\x1b$':
        builder.move({ column: Math.floor((a + 256 * b) / COLUMN_DOTS) });
        return;
      case '\x1b\\':
        builder.move({ by: Math.floor(signed(a + 256 * b) / COLUMN_DOTS) });
        return;
      case '\x1bd':
      case '\x1bJ':
      case '\x1bK':
      case '\x1be':
      case '\x1b\f':
      case '\x1d$':
      case '\x1d\\':
        endLine();
    }
  }

  function endJob(complete: boolean): Printed {
    endLine();
    const { lines, moreLines, pictures, strays, commands } = job;
    const printed: Printed = {
      lines,
      moreLines,
      complete,
      hash: job.digest.update(job.hashed.subarray(0, job.fresh)).digest('hex'),
      pictures,
      strays,
      commands,
      unreadable: [...job.unreadable],
    };
    job = newJob();
    // The byte in hand ends this job and does not begin the next.
    job.size = -1;
    isAfterReturn = false;
    return printed;
  }

  function hash(bytes: ArrayLike<number>): void {
    if (!job.isBegun) return;
    for (let i = 0; i < bytes.length; i++) {
      if (job.fresh === HASHED_AT_ONCE) {
        job.digest.update(job.hashed);
        job.fresh = 0;
      }
      job.hashed[job.fresh++] = bytes[i] as number;
    }
  }

  return {
    push,
    flush() {
      endLine();
      if (job.lines.length === 0 && job.pictures === 0) return null;
      const printed = endJob(false);
      job.size = 0;
      command = [];
      skipping = 0;
      return printed;
    },
    read: () => total,
  };
}

const newJob = () => ({
  lines: [] as JobLine[],
  moreLines: 0,
  pictures: 0,
  strays: 0,
  commands: 0,
  unreadable: new Set<string>(),
  digest: createHash('sha256'),
  /** Bytes for the digest; `fresh` of them are not in it. */
  hashed: new Uint8Array(HASHED_AT_ONCE),
  fresh: 0,
  /** Whether something was printed. */
  isBegun: false,
  size: 0,
});

const KANJI = {
  gb18030: { name: 'GB18030', encoding: 'gb18030' },
  shift_jis: { name: 'Shift JIS', encoding: 'shift_jis' },
  'euc-jp': { name: 'JIS', encoding: 'euc-jp' },
} as const satisfies Record<string, CodePage>;

const PICTURES = new Set(['\x1b*', '\x1dv', '\x1dQ', '\x1dk', '\x1cp', '\x1d/', '\x1d8']);

/** Functions of GS ( L that print or store a picture, and of GS ( k that store a code's data. */
const isPicture = (name: string, a: number, bytes: readonly number[]): boolean =>
  name === '\x1d(' && (a === 0x4c || (a === 0x6b && bytes[6] === 80));

const signed = (word: number): number => (word >= 0x8000 ? word - 0x10000 : word);

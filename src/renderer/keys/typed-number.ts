/** Digits that follow one another this fast are one number, ms. */
const TOGETHER_MS = 800;

/** A number as far as it was typed, and when, ms. */
export interface Typed {
  number: number;
  at: number;
}

/** The number after one more digit. A number above `count` starts over with the digit. */
export function typedNumber(before: Typed | null, digit: number, at: number, count: number): Typed {
  const longer = before && goesOn(before, at, count) ? before.number * 10 + digit : digit;
  return { number: longer <= count ? longer : digit, at };
}

/** Whether another digit would be the next one of this number: there are so many tickets, and it was typed just now. */
export const goesOn = (typed: Typed | null, at: number, count: number): boolean =>
  typed !== null && typed.number > 0 && typed.number * 10 <= count && at - typed.at < TOGETHER_MS;

/** A line of a caught job. */
export interface JobLine {
  text: string;
  /** How often the usual height and width. */
  height: number;
  width: number;
  bold: boolean;
  /** In the second colour, or white on black. */
  marked: boolean;
}

/** What a till has printed between two cuts. */
export interface Job {
  lines: readonly JobLine[];
  /** Whether it ended with a cut. */
  complete: boolean;
  /** SHA-256 of its bytes, hexadecimal. */
  hash: string;
  /** ms since 1970. */
  at: number;
}

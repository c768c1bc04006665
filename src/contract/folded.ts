/** A text for comparison: without outer spaces, and the same for large and small letters and for forms of one letter. */
export const folded = (text: string): string => text.trim().normalize('NFKC').toLowerCase();

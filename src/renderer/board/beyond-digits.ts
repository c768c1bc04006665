/** Nine tickets can be picked by one digit; those further on have none, and do not care how far. */
export const BEYOND_DIGITS = 10;

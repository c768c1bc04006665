/** The board and all around it. */
export const screen = {};

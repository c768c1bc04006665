/** Words for the figures. */
export const figures = {};

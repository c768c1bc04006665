/** The words of a field in which people write several, with commas between them. */
export const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,،]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
];

/** The words of a list, each once; splits at commas, including those of Arabic, Chinese and Japanese. */
export const listOf = (typed: string): string[] =>
  [...new Set(typed.split(/[,،，、;\n]/).map((one) => one.trim().slice(0, 200)))].filter(Boolean);

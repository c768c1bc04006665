/** Downloads the parts as a file; the installed app saves it in the downloads folder, and a notice says where. */
export function saveFile(name: string, parts: readonly BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has started by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `ticketrail-history-2026-11-21.jsonl`; `now`: ms, server time. */
export const fileName = (what: string, now: number, ending: string): string =>
  `ticketrail-${what}-${new Date(now).toISOString().slice(0, 10)}.${ending}`;

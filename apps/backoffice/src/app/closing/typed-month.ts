/** Whether what was typed is the month's name, forgiving spaces and capitals: it is a check of attention, not of spelling. */
export function isTyped(typed: string, name: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();
  return plain(typed) === plain(name);
}

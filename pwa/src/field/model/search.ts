/**
 * Finding a person by a part of the name or the address. What the eye does not see is not compared: blanks of any
 * width, variation selectors, the middle dot of long names; and full-width letters and compatibility ideographs are
 * folded (NFKC), so that a name is found however it was typed.
 */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u00b7\u30fb\u2022.\-_,，、]|[\u{fe00}-\u{fe0f}]|[\u{e0100}-\u{e01ef}]/gu, '');
}

/** Every word of the query occurs somewhere in the texts. */
export function found(query: string, texts: readonly string[]): boolean {
  const words = query.normalize('NFKC').split(/\s+/).map(folded).filter(Boolean);
  const all = folded(texts.join('\n'));
  return words.every((word) => all.includes(word)) || all.includes(folded(query));
}

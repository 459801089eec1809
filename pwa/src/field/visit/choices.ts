/**
 * The choices of one question, read from the XForm itself in both languages: the sheet 没见到 shows them before the
 * form is opened, and opening a form just to read its words would stamp its start.
 */
import type { Words } from '../../sync/messages';

export interface FormChoice {
  readonly value: string;
  readonly label: Words;
}

const all = (within: Document | Element, name: string): Element[] => [...within.getElementsByTagNameNS('*', name)];
const child = (of: Element, name: string): Element | undefined =>
  [...of.children].find((each) => each.localName === name);

/** Empty when the question is not a choice, or its list comes from outside the form. */
export function choicesOf(xform: string, path: string): FormChoice[] {
  const form = new DOMParser().parseFromString(xform, 'text/xml');
  const control = [...all(form, 'select1'), ...all(form, 'select')].find((each) => each.getAttribute('ref') === path);
  if (control === undefined) return [];
  const itemset = child(control, 'itemset')?.getAttribute('nodeset') ?? '';
  const named = /^instance\('([^']+)'\)/.exec(itemset)?.[1];
  const words = wordsOf(form);
  const items =
    named === undefined
      ? [...control.children].filter((each) => each.localName === 'item')
      : all(form, 'instance')
          .filter((each) => each.getAttribute('id') === named)
          .flatMap((instance) => all(instance, 'item'));
  return items.flatMap((item) => {
    const value = (child(item, 'name') ?? child(item, 'value'))?.textContent ?? '';
    return value === '' ? [] : [{ value, label: labelOf(item, value, words) }];
  });
}

type Texts = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Language code → text id → words. pyxform names a language "中文 (zh)". */
function wordsOf(form: Document): Texts {
  const languages = new Map<string, Map<string, string>>();
  for (const translation of all(form, 'translation')) {
    const lang = translation.getAttribute('lang') ?? '';
    const texts = new Map<string, string>();
    for (const text of all(translation, 'text')) {
      const plain = [...text.children].find((each) => each.localName === 'value' && !each.hasAttribute('form'));
      texts.set(text.getAttribute('id') ?? '', plain?.textContent ?? '');
    }
    languages.set(/\(([\w-]+)\)\s*$/.exec(lang)?.[1] ?? lang, texts);
  }
  return languages;
}

function labelOf(item: Element, value: string, words: Texts): Words {
  const id = child(item, 'itextId')?.textContent ?? '';
  const zh = words.get('zh')?.get(id) ?? child(item, 'label')?.textContent ?? value;
  return { zh, en: words.get('en')?.get(id) ?? zh };
}

/**
 * The keyboard of the review page: one key, one meaning, the same keys that stand on the buttons. A key means nothing
 * while somebody types, while a dialog is open, with Ctrl, Alt or ⌘ (those are the browser's), while an input method composes, or held down
 * for what decides.
 */
export type KeyAction =
  | 'next'
  | 'previous'
  | 'approve'
  | 'giveBack'
  | 'settle'
  | 'undo'
  | 'mark'
  | 'enlarge'
  | 'changed'
  | 'note'
  | 'search'
  | 'keys'
  | 'leave';

const MEANS: ReadonlyMap<string, KeyAction> = new Map([
  ['j', 'next'],
  ['arrowdown', 'next'],
  ['k', 'previous'],
  ['arrowup', 'previous'],
  ['a', 'approve'],
  ['r', 'giveBack'],
  ['s', 'settle'],
  ['z', 'undo'],
  ['x', 'mark'],
  ['p', 'enlarge'],
  ['d', 'changed'],
  ['n', 'note'],
  ['/', 'search'],
  ['?', 'keys'],
  ['？', 'keys'],
  ['escape', 'leave'],
]);
/** Held down these alone go on; the others would decide about visits that nobody has looked at, or flicker. */
const AGAIN: readonly KeyAction[] = ['next', 'previous'];

export interface Pressed {
  key: string;
  repeat: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  target: EventTarget | null;
}

const TYPES = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';

export function actionOf(pressed: Pressed): KeyAction | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.isComposing) return null;
  const action = MEANS.get(pressed.key.toLowerCase()) ?? null;
  if (action === null || (pressed.repeat && !AGAIN.includes(action))) return null;
  const where = pressed.target instanceof Element ? pressed.target : null;
  if (document.querySelector('dialog[open]') !== null) return null;
  if (where?.matches(TYPES)) return action === 'leave' ? action : null;
  return action;
}

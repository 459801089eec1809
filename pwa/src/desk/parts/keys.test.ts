import { expect, test } from 'vitest';
import { actionOf, type Pressed } from './keys';

const press = (key: string, more: Partial<Pressed> = {}) =>
  actionOf({
    key,
    repeat: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    isComposing: false,
    target: null,
    ...more,
  });

const inside = (html: string, selector: string) => {
  document.body.innerHTML = html;
  return document.querySelector(selector);
};

test.each([
  ['j', 'next'],
  ['ArrowDown', 'next'],
  ['k', 'previous'],
  ['A', 'approve'],
  ['z', 'undo'],
  ['x', 'mark'],
  ['R', 'giveBack'],
  ['S', 'settle'],
  ['p', 'enlarge'],
  ['d', 'changed'],
  ['n', 'note'],
  ['/', 'search'],
  ['?', 'keys'],
  ['？', 'keys'],
  ['Escape', 'leave'],
])('%s means %s, with Caps Lock too', (key, action) => {
  expect(press(key)).toBe(action);
});

test('a letter without a meaning does nothing', () => {
  expect(press('q')).toBeNull();
  expect(press('constructor')).toBeNull();
});

test('the browser’s own shortcuts stay the browser’s', () => {
  expect(press('a', { ctrlKey: true })).toBeNull();
  expect(press('z', { metaKey: true })).toBeNull();
  expect(press('r', { ctrlKey: true })).toBeNull();
});

test('a key held down moves on but never decides', () => {
  expect(press('j', { repeat: true })).toBe('next');
  expect(press('a', { repeat: true })).toBeNull();
  expect(press('r', { repeat: true })).toBeNull();
});

test('who types, types; Escape leaves the box', () => {
  const target = inside('<input type="search">', 'input');
  expect(press('a', { target })).toBeNull();
  expect(press('Escape', { target })).toBe('leave');
  expect(press('a', { isComposing: true })).toBeNull();
});

test('a ticked box does not swallow the keys', () => {
  expect(press('j', { target: inside('<input type="checkbox">', 'input') })).toBe('next');
});

test('an open dialog has the keyboard to itself', () => {
  expect(press('a', { target: inside('<dialog open><button></button></dialog>', 'button') })).toBeNull();
  expect(press('a', { target: document.body })).toBeNull();
  document.body.replaceChildren();
  expect(press('a', { target: document.body })).toBe('approve');
});

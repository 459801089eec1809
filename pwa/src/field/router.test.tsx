import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { navigate, Pages, place, startRouter, useBeforeLeave } from './router';

let stop: () => void;
let dispose: () => void;
let unsaved = false;

const Person = (props: { id: string }) => {
  useBeforeLeave(() => unsaved);
  return <p>person {props.id}</p>;
};

beforeEach(() => {
  unsaved = false;
  history.replaceState(null, '', '/');
  stop = startRouter();
  dispose = render(
    () => (
      <>
        <a href="/person/7?later=1">link</a>
        <a href="tel:120">call</a>
        <a href="/sent" target="_blank">
          other tab
        </a>
        <Pages
          pages={[
            { at: '/', page: () => <p>today</p> },
            { at: '/sent', page: () => <p>sent</p> },
            { at: '/person/:id', page: Person },
          ]}
        />
      </>
    ),
    document.body,
  );
});
afterEach(() => {
  dispose();
  stop();
  document.body.innerHTML = '';
});

const shown = () => document.querySelector('p')?.textContent;
test('a tap on a link of the app changes the page, with what its search says', () => {
  document.querySelector('a')!.click();
  expect(shown()).toBe('person 7');
  expect(place().search.get('later')).toBe('1');
});

test('telephone numbers and other tabs are left to the browser', () => {
  const taken: boolean[] = [];
  const browser = (event: Event) => {
    taken.push(event.defaultPrevented);
    event.preventDefault(); // jsdom can go nowhere
  };
  addEventListener('click', browser);
  for (const link of document.querySelectorAll('a')) link.click();
  removeEventListener('click', browser);
  expect(taken).toEqual([true, false, false]);
});

test('the way back goes back, and what was given along is still there', async () => {
  navigate('/person/7', { state: { minutes: 49 } });
  navigate('/sent');
  history.back();
  await vi.waitFor(() => expect(shown()).toBe('person 7'));
  expect(place().state).toEqual({ minutes: 49 });
});

test('an address that is none shows today', () => {
  navigate('/nowhere/at/all');
  expect(shown()).toBe('today');
});

test('another search is the same page, another person another page', () => {
  navigate('/person/7');
  const before = document.querySelector('p');
  navigate('/person/7?team=t1', { replace: true });
  expect(document.querySelector('p')).toBe(before);
  navigate('/person/8');
  expect(shown()).toBe('person 8');
  expect(document.querySelector('p')).not.toBe(before);
});

test('what is not saved is not left: not by a link, and not by the way back', async () => {
  navigate('/sent');
  navigate('/person/7');
  unsaved = true;
  navigate('/');
  expect(shown()).toBe('person 7');
  history.back();
  await new Promise((done) => setTimeout(done, 50));
  expect(shown()).toBe('person 7');
  expect(location.pathname).toBe('/person/7');
  unsaved = false;
  history.back();
  await vi.waitFor(() => expect(shown()).toBe('sent'));
});

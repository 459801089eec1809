import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asPosition, type Found, findPosition, PATIENCE_MS, whereabouts } from './position';

const TAP = Date.parse('2026-11-24T00:42:00Z');

/** A receiver that says what the test says, when the test says it. */
function receiver() {
  let fix!: PositionCallback;
  let fail!: PositionErrorCallback;
  const cleared: number[] = [];
  const geolocation = {
    watchPosition(onFix: PositionCallback, onFail: PositionErrorCallback) {
      [fix, fail] = [onFix, onFail];
      return 7;
    },
    clearWatch: (id: number) => cleared.push(id),
  } as unknown as Geolocation;
  const at = (accuracy: number, timestamp = TAP + 4000): GeolocationPosition =>
    ({ coords: { latitude: 40.00012345678, longitude: 134.5, accuracy }, timestamp }) as GeolocationPosition;
  return {
    geolocation,
    cleared,
    fix: (accuracy: number) => fix(at(accuracy)),
    fail: (code: number) => fail({ code } as GeolocationPositionError),
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a position is whole numbers, with its accuracy and its distance in time from the tap', () => {
  const fix = { coords: { latitude: 40.00012345678, longitude: -134.5, accuracy: 17.6 }, timestamp: TAP - 9000 };
  expect(asPosition(fix as GeolocationPosition, TAP)).toEqual({
    lat: 400001235,
    lon: -1345000000,
    accuracy_m: 18,
    age_ms: 9000,
  });
});

test('a good fix ends the search at once, a poor one is kept while a better one is waited for', async () => {
  const phone = receiver();
  const search = findPosition(TAP, phone.geolocation);
  phone.fix(400);
  expect(search.now()).toMatchObject({ position: { accuracy_m: 400 } });
  phone.fix(900);
  phone.fix(12);
  await expect(search.found).resolves.toMatchObject({ position: { accuracy_m: 12, age_ms: 4000 } });
  expect(phone.cleared).toEqual([7]);
});

test('after a minute the best there is stands, or the reason why there is none', async () => {
  const poor = receiver();
  const kept = findPosition(TAP, poor.geolocation);
  poor.fix(300);
  const none = findPosition(TAP, receiver().geolocation);
  const indoors = receiver();
  const cellar = findPosition(TAP, indoors.geolocation);
  indoors.fail(2);
  vi.advanceTimersByTime(PATIENCE_MS);
  await expect(kept.found).resolves.toMatchObject({ position: { accuracy_m: 300 } });
  await expect(none.found).resolves.toEqual({ reason: 'timed_out' });
  await expect(cellar.found).resolves.toEqual({ reason: 'no_fix' });
});

test('a refused permission and a phone without a receiver say so at once', async () => {
  const phone = receiver();
  const search = findPosition(TAP, phone.geolocation);
  phone.fail(1);
  await expect(search.found).resolves.toEqual({ reason: 'permission_off' });
  await expect(findPosition(TAP, undefined).found).resolves.toEqual({ reason: 'old_phone' });
});

test('the last tap has the position of a moment ago, with its age; one of long ago is no position', async () => {
  const answers: Found[] = [
    { position: { lat: 1, lon: 2, accuracy_m: 15, age_ms: 0 }, takenMs: TAP },
    { reason: 'no_fix' },
  ];
  const search = vi.fn(() => {
    const found = answers.shift() ?? ({ reason: 'no_fix' } as const);
    return { found: Promise.resolve(found), now: () => found, stop: () => undefined };
  });
  vi.setSystemTime(TAP);
  const here = whereabouts(search);
  expect(here.at(TAP)).toEqual({ reason: 'timed_out' });
  here.look();
  here.look();
  expect(search).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(0);
  expect(here.at(TAP + 90_000)).toEqual({ position: { lat: 1, lon: 2, accuracy_m: 15, age_ms: 90_000 } });
  vi.setSystemTime(TAP + 3 * 60_000);
  here.look();
  await vi.advanceTimersByTimeAsync(0);
  expect(here.at(TAP + 200_000)).toMatchObject({ position: { age_ms: 200_000 } }); // nothing new: the old one stands
  expect(here.at(TAP + 11 * 60_000)).toEqual({ reason: 'timed_out' });
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asPosition, findPosition, PATIENCE_MS } from './position';

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

/** Places, ways and areas in words: degrees, metres, square metres. */
import { t } from '../../i18n';
import { areaOf, cornersOf, lengthOf, type Spot, spotsOf } from '../spots';

export function lengthWords(metres: number): string {
  if (metres < 1000) return t('forms.metres', { m: Math.round(metres) });
  return t('forms.kilometres', { km: (metres / 1000).toFixed(metres < 10_000 ? 2 : 1) });
}

/** 1234567 as people write it: 1,234,567. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function spotWords({ lat, lon, accuracy }: Spot): string {
  const near = accuracy > 0 ? t('forms.pointNear', { m: Math.round(accuracy) }) : '';
  return t('forms.pointAt', { lat: lat.toFixed(5), lon: lon.toFixed(5) }) + near;
}

export function traceWords(value: string): string {
  const spots = spotsOf(value);
  if (spots.length === 0) return '';
  return t('forms.traceSaid', { n: spots.length, length: lengthWords(lengthOf(spots, false)) });
}

export function shapeWords(value: string): string {
  const corners = cornersOf(value);
  if (corners.length === 0) return '';
  const area = grouped(areaOf(corners).toFixed(0));
  return t('forms.shapeSaid', { n: corners.length, area, length: lengthWords(lengthOf(corners, true)) });
}

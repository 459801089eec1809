/**
 * What every browser of the baseline (Chrome 97, Safari 16.4, Firefox 115) has beyond ES2022. The rest of ES2023 is
 * newer than some of them, so it is not in `lib`.
 */
interface ReadonlyArray<T> {
  findLast<S extends T>(predicate: (value: T, index: number, array: readonly T[]) => value is S): S | undefined;
  findLast(predicate: (value: T, index: number, array: readonly T[]) => boolean): T | undefined;
  findLastIndex(predicate: (value: T, index: number, array: readonly T[]) => boolean): number;
}

interface Array<T> {
  findLast<S extends T>(predicate: (value: T, index: number, array: T[]) => value is S): S | undefined;
  findLast(predicate: (value: T, index: number, array: T[]) => boolean): T | undefined;
  findLastIndex(predicate: (value: T, index: number, array: T[]) => boolean): number;
}

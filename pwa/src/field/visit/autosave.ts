/**
 * Keeps what is on screen on the disk: the newest state goes out a tenth of a second after the last change that was
 * not saved yet, so that it is there within the three tenths that are promised. A write that fails is tried again at
 * once; when that fails too, it is told, stays told until a write has gone through, and is tried by itself, seldomer and
 * seldomer: she has been told that it is, and may not touch the phone again.
 */
import { type Accessor, createSignal } from 'solid-js';
import { StoreError } from '../../store/errors';

const WAIT_MS = 100;
const FIRST_RETRY_MS = 1_000;
const MOST_RETRY_MS = 30_000;

export type Saving = { at: 'saved' } | { at: 'saving' } | { at: 'failed'; full: boolean } | { at: 'elsewhere' };

export interface Autosave {
  readonly saving: Accessor<Saving>;
  /** Something changed. */
  touch(): void;
  /** Writes what is not written yet, now. True when everything is on the disk. */
  flush(): Promise<boolean>;
  /** Holds writes back while the draft is made into a visit. Returns how to go on, when that failed. */
  hold(): () => void;
  /** Ends it; nothing is written any more. */
  stop(): void;
}

export function autosave(write: () => Promise<void>): Autosave {
  const [saving, setSaving] = createSignal<Saving>({ at: 'saved' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0; // in a row
  let dirty = false;
  let stopped = false;
  let held = false;
  let running: Promise<void> | null = null;

  const attempt = async (): Promise<Saving> => {
    dirty = false; // first: a change while it is written makes it dirty again
    try {
      try {
        await write();
      } catch (first) {
        if (movedAway(first)) throw first;
        await write();
      }
      return { at: dirty ? 'saving' : 'saved' };
    } catch (cause) {
      dirty = true;
      if (movedAway(cause)) return { at: 'elsewhere' };
      return { at: 'failed', full: cause instanceof StoreError && cause.kind === 'quota' };
    }
  };

  const retryLater = (): void => {
    const wait = Math.min(MOST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    failures += 1;
    if (!stopped) retry = setTimeout(() => void begin(), wait);
  };

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    clearTimeout(retry);
    timer = undefined;
    while (dirty && !stopped && !held) {
      const result = await attempt();
      setSaving(result);
      if (result.at === 'failed') retryLater();
      else failures = 0;
      if (result.at === 'failed' || result.at === 'elsewhere') return;
    }
  };

  const begin = (): Promise<void> => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    saving,
    touch() {
      if (stopped || saving().at === 'elsewhere') return;
      dirty = true;
      if (saving().at === 'saved') setSaving({ at: 'saving' });
      timer ??= setTimeout(() => {
        timer = undefined; // also when a slow write is still under way: the next change needs a timer of its own
        void begin();
      }, WAIT_MS);
    },
    async flush() {
      const underWay = running !== null;
      await begin();
      if (underWay && dirty && !stopped) await begin(); // what came after the write that was on its way
      return !dirty;
    },
    hold() {
      held = true;
      return () => {
        held = false;
        void begin();
      };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(retry);
    },
  };
}

/** Another tab has the draft now: trying again would only overwrite each other. */
function movedAway(cause: unknown): boolean {
  return cause instanceof StoreError && (cause.kind === 'draft_moved' || cause.kind === 'draft_elsewhere');
}

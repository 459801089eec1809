/** As much of the browser's LockManager as we use, for one process: Node has none, and tests run there. */

export interface LockRequest {
  readonly ifAvailable?: boolean;
  readonly steal?: boolean;
  readonly signal?: AbortSignal;
}

export type LockWork = (lock: object | null) => Promise<void>;

export interface Waiting {
  readonly name?: string;
}

interface Claim {
  run(): void;
  rob(): void;
}

const aborted = (why: string): DOMException => new DOMException(why, 'AbortError');

export class LocalLocks {
  /** By name; the first claim of a queue holds the lock. */
  readonly #queues = new Map<string, Claim[]>();

  /** Who waits for a lock that somebody else has. */
  query(): Promise<{ readonly pending?: readonly Waiting[] }> {
    const pending = [...this.#queues].flatMap(([name, queue]) => queue.slice(1).map(() => ({ name })));
    return Promise.resolve({ pending });
  }

  request(name: string, options: LockRequest, work: LockWork): Promise<void> {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    if (options.ifAvailable === true && queue.length > 0) return work(null);
    return new Promise<void>((resolve, reject) => {
      const end = (): void => {
        if (queue[0] !== claim) return; // it was robbed
        queue.shift();
        queue[0]?.run();
      };
      const claim: Claim = {
        run: () => void work({}).finally(end).then(resolve, reject),
        rob: () => reject(aborted('stolen')),
      };
      if (options.steal === true && queue.length > 0) {
        queue[0]?.rob();
        queue[0] = claim;
        claim.run();
        return;
      }
      options.signal?.addEventListener('abort', () => {
        const at = queue.indexOf(claim);
        if (at <= 0) return; // it holds the lock, or held it
        queue.splice(at, 1);
        reject(aborted('not given in time'));
      });
      queue.push(claim);
      if (queue.length === 1) claim.run();
    });
  }
}

/**
 * The four lines of the demo, and when each ticks itself off. A line stays ticked: whoever plays with the switch
 * afterwards has still done it.
 */

export const steps = ['cut', 'visit', 'restore', 'approve'] as const;
export type Step = (typeof steps)[number];
export type Done = Readonly<Record<Step, boolean>>;

/** What can be seen at one moment. */
export interface Seen {
  /** the network of the phone is cut */
  readonly cut: boolean;
  /** the phone shows that a visit was saved */
  readonly saved: boolean;
  /** visits that reached the county since the page was opened, and how many of them were approved */
  readonly received: number;
  readonly approved: number;
}

export const NOTHING_DONE: Done = { cut: false, visit: false, restore: false, approve: false };

export function advance(done: Done, seen: Seen): Done {
  const cut = done.cut || seen.cut;
  const visit = done.visit || seen.saved || seen.received > 0;
  return {
    cut,
    visit,
    restore: done.restore || (cut && !seen.cut && seen.received > 0),
    approve: done.approve || seen.approved > 0,
  };
}

/** The line whose turn it is; null when all are done. */
export function turn(done: Done): Step | null {
  return steps.find((step) => !done[step]) ?? null;
}

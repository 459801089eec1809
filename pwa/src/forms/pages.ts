/** Where she is in the form, and what a tap on "next" does: look at what is on the screen, go on, or finish. */
import { batch, createMemo, createSignal } from 'solid-js';
import { t } from '../i18n';
import type { Filling, Finished } from './filling';
import { createJudge, type Judge } from './judge';
import { isQuestion } from './model';
import { FormProblem } from './problems';
import { onePage, questionByQuestion, type Step } from './steps';

export interface Pages {
  readonly judge: Judge;
  steps(): readonly Step[];
  index(): number;
  step(): Step | undefined;
  go(index: number): void;
  next(): Promise<void>;
  /** From the summary at the end to one question. */
  lookAt(path: string): void;
  /** She looks at something before the end, and will want to go back there. */
  looking(): boolean;
  toEnd(): void;
  /** How many answers the last tap on "finish" found wanting. */
  left(): number;
  failed(): string | null;
  busy(): boolean;
}

export interface PagesOptions {
  filling: () => Filling;
  onePage: () => boolean;
  /** Paths of what was known before: shown in a line as long as it fits, asked like any other when it does not. */
  told: () => readonly string[];
  begin: string | null;
  /** May she finish? Not while the draft could not be saved. */
  blocked: () => boolean;
  onStep: (key: string) => void;
  onFinish: (finished: Extract<Finished, { ok: true }>) => Promise<void> | void;
  /** The first question that stands in the way. */
  focus: (path: string) => void;
}

export function createPages(options: PagesOptions): Pages {
  const { filling } = options;
  const judge = createJudge(filling);
  const [at, setAt] = createSignal(options.begin);
  const [left, setLeft] = createSignal(0);
  const [failed, setFailed] = createSignal<string | null>(null);
  const [looking, setLooking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);

  const told = createMemo(() => {
    const fits = (path: string) => {
      const question = filling().question(path);
      return question !== null && filling().wrong(question) === null;
    };
    return new Set(options.told().filter(fits));
  });
  const steps = createMemo(() =>
    options.onePage() ? [onePage(filling().root, told())] : questionByQuestion(filling().root, told()),
  );
  const index = createMemo((last: number) => {
    const found = steps().findIndex((step) => step.key === at());
    return found >= 0 ? found : Math.max(0, Math.min(last, steps().length - 1));
  }, 0);

  const go = (to: number) => {
    const step = steps()[to];
    if (step === undefined) return;
    batch(() => {
      setAt(step.key);
      setFailed(null);
      if (to === steps().length - 1) setLooking(false);
    });
    options.onStep(step.key);
  };

  const lookAt = (path: string) => {
    const where = steps().findIndex((step) => step.nodes.some((node) => node.path === path));
    if (where < 0) return;
    setLooking(where !== index());
    if (where !== index()) go(where);
    options.focus(path);
  };
  const toEnd = () => go(steps().length - 1);

  const stopping = (step: Step | undefined) => step?.nodes.filter(isQuestion).filter((each) => judge.stops(each)) ?? [];

  const finish = async () => {
    const finished = await filling().finish();
    if (finished.ok) return options.onFinish(finished);
    setLeft(finished.problems.length);
    for (const { path } of finished.problems) {
      const question = filling().question(path);
      if (question !== null) judge.stops(question);
    }
    const [first] = finished.problems;
    if (first === undefined) return;
    const where = steps().findIndex((step) => step.nodes.some((node) => node.path === first.path));
    if (where >= 0 && where !== index()) go(where);
    options.focus(first.path);
  };

  const next = async () => {
    if (busy()) return;
    setLeft(0);
    filling().settle();
    const [first] = options.onePage() ? [] : stopping(steps()[index()]);
    if (first !== undefined) return options.focus(first.path);
    if (index() < steps().length - 1) return go(index() + 1);
    if (options.blocked()) return;
    setBusy(true);
    setFailed(null);
    try {
      await finish();
    } catch (cause) {
      setFailed(cause instanceof FormProblem ? cause.words : t('forms.notSaved'));
    } finally {
      setBusy(false);
    }
  };

  return {
    judge,
    steps,
    index,
    step: () => steps()[index()],
    go,
    next,
    lookAt,
    looking,
    toEnd,
    left,
    failed,
    busy,
  };
}

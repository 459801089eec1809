/**
 * What a reviewer asked for: only those answers, with the words above each and what was sent beside. Everything else can
 * be looked at, not changed. It goes back when each place has an answer; until then it waits on the phone like any draft.
 */
import { createEffect, createMemo, createSignal, For, type JSX, Show, untrack } from 'solid-js';
import {
  Ask,
  AskAgain,
  asksBesides,
  Changed,
  createJudge,
  createReplace,
  Dock,
  type Filling,
  type Finished,
  focusQuestion,
  FormProblem,
  isQuestion,
  type Question,
  walk,
  wanting,
} from '../../forms';
import { language, t } from '../../i18n';
import { Button, Card, Dot, Icon, TopBar } from '../../ui';
import { placesOf, saidTo, type SaidTo, withSaid } from '../model/correction';
import { FocusedTitle, useShell } from '../parts/Screen';
import { SaveStrip } from '../parts/SaveStrip';
import type { Session } from '../visit/session';
import '../parts/visits.css';

export interface CorrectingProps {
  session: Session;
  /** whom it was about, as the phone knew it when it was sent */
  name: string | null;
  /** 11月22日 上门照料 */
  what: string;
  by: string;
  /** in words; null: no day was named */
  day: string | null;
  /** the reviewer's words about all of it */
  words: string | null;
  /** nobody asks any more */
  over: boolean;
  /** on the last button; left out: all of it goes back with it */
  doneWords?: string;
  onBack: () => void;
  onFinish: (finished: Extract<Finished, { ok: true }>) => Promise<void>;
}

export function Correcting(props: CorrectingProps): JSX.Element {
  const shell = useShell();
  let main!: HTMLElement;
  const filling = (): Filling => props.session.filling;
  const judge = createJudge(filling);
  const replace = createReplace(filling);
  const [tried, setTried] = createSignal(false);
  const [failed, setFailed] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [all, setAll] = createSignal(false);
  createEffect(() => filling().setLanguage(language()));

  // what was asked does not change while she answers: a card that were made anew would lose her finger and the focus
  const places = untrack(() => placesOf(props.session.correction()?.asked ?? []));
  const answers = () => props.session.correction()?.answers ?? [];
  const said = (path: string) => saidTo(answers(), props.session.record, path);
  const say = (path: string, change: Partial<SaidTo>) => {
    const { record } = props.session;
    props.session.sayTo(withSaid(answers(), record, path, { ...said(path), ...change }));
  };
  /** Who is named has come: a number below them would say two things. */
  const named = () => props.session.state().participants.length;
  const tooFew = (path: string) => {
    const { volunteers } = props.session.head.binds;
    return path === volunteers && said(path).said === 'changed' && Number(filling().get(path)) < named();
  };
  const lacking = (path: string) =>
    wanting(filling(), path, said(path).said, said(path).reason) ??
    (tooFew(path) ? t('group.fewerThanNamed', { n: named() }) : undefined);
  const left = createMemo(() => places.filter(({ path }) => lacking(path) !== undefined).length);
  const besides = createMemo(() =>
    asksBesides(
      filling(),
      places.map(({ path }) => path),
    ),
  );
  const rest = createMemo(() => {
    const shown = new Set([
      ...places.map(({ path }) => path),
      ...filling()
        .anew()
        .map(({ path }) => path),
    ]);
    const asked = [...walk(filling().root)].filter(isQuestion);
    return asked.filter((each) => each.relevant && !shown.has(each.path) && each.value !== '');
  });

  const ask = (node: Question) => (
    <Ask
      filling={filling()}
      judge={judge}
      node={node}
      alone={false}
      attachments={props.session.attachments.host}
      replace={replace}
    />
  );

  const finish = async (): Promise<void> => {
    setTried(true);
    const [first] = places.filter(({ path }) => lacking(path) !== undefined);
    if (first !== undefined) return toCard(first.path);
    const finished = await filling().finish();
    if (finished.ok) return props.onFinish(finished);
    for (const { path } of finished.problems) {
      const question = filling().question(path);
      if (question !== null) judge.stops(question);
    }
    const [problem] = finished.problems;
    if (problem !== undefined) focusQuestion(main, problem.path);
  };
  /** The three answers stand at the foot of a card: what is missing is said there. */
  const toCard = (path: string) => {
    const card = [...main.querySelectorAll('.again')][places.findIndex((each) => each.path === path)];
    card?.querySelector<HTMLElement>('.segments input, .segments ~ * input')?.focus({ preventScroll: true });
    card?.scrollIntoView?.({ block: 'end' });
  };
  const hand = async (): Promise<void> => {
    if (busy() || props.session.save.saving().at === 'failed') return;
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
  const saving = () => {
    const { at } = props.session.save.saving();
    return at === 'elsewhere' ? 'failed' : at;
  };

  return (
    <div class="screen">
      <TopBar
        title={<FocusedTitle>{t('visits.askedTitle')}</FocusedTitle>}
        sub={
          <>
            <Show when={props.name}>
              {(name) => (
                <>
                  {name()}
                  <Dot />
                </>
              )}
            </Show>
            {props.what}
          </>
        }
        demo={shell.demo()}
        onBack={() => props.onBack()}
      />
      <SaveStrip save={props.session.save} />
      <main ref={main} class="form">
        <Show
          when={!props.over}
          fallback={
            <p class="fact asked-line" role="status">
              <Icon name="info" />
              <span>{t('visits.askedOver')}</span>
            </p>
          }
        >
          <p class="fact body asked-line">
            <Icon name="message-square-warning" />
            <span>
              {t('visits.askedBy', { by: props.by, n: places.length })}
              <Show when={props.day}>{(day) => <b>{t('visits.askedByDay', { day: day() })}</b>}</Show>
              {t('visits.askedRest')}
            </span>
          </p>
        </Show>
        <Show when={props.words}>{(words) => <blockquote class="words">{words()}</blockquote>}</Show>
        <For each={places}>
          {(place, index) => (
            <AskAgain
              filling={filling()}
              judge={judge}
              n={index() + 1}
              path={place.path}
              words={place.words}
              attachments={props.session.attachments.host}
              said={said(place.path).said}
              reason={said(place.path).reason}
              error={tried() ? lacking(place.path) : undefined}
              also={besides().under.get(place.path) ?? []}
              onSaid={(next) => say(place.path, { said: next })}
              onReason={(reason) => say(place.path, { reason })}
            />
          )}
        </For>
        <Show when={besides().apart.length > 0}>
          <Card class="pad stack">
            <p class="cap">{t('visits.askedApart')}</p>
            <For each={besides().apart}>{ask}</For>
          </Card>
        </Show>
        <Changed filling={filling()} besides={places.map(({ path }) => path)} />
        <Button kind="bare" icon={all() ? 'eye-off' : 'eye'} onClick={() => setAll(!all())}>
          {all() ? t('visits.askedAllHide') : t('visits.askedAll')}
        </Button>
        <Show when={all()}>
          <Card class="pad stack read-only">
            <p class="cap">{t('visits.askedAllNote')}</p>
            <For each={rest()}>{ask}</For>
          </Card>
        </Show>
      </main>
      <Dock
        saving={saving()}
        quiet={false}
        left={tried() ? left() : 0}
        failed={filling().trouble()?.words ?? failed()}
        busy={busy()}
        onBack={undefined}
        last
        lastWords={props.doneWords ?? t('visits.askedDone')}
        lastIcon={props.doneWords === undefined ? 'send' : 'check'}
        onNext={() => void hand()}
      />
    </div>
  );
}

/** The records of one visit: holds its draft while none of its forms is open, and finishes it as a whole. */
import '../../i18n/areas/phone-later';
import { createMemo, createResource, createSignal, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { FormProblem } from '../../forms';
import { dayOf, inWords, t } from '../../i18n';
import type { DraftState, FormHead, Programme, Store, VisitCard } from '../../store';
import { Icon, Loading, toast } from '../../ui';
import { CannotOpen, Elsewhere } from '../pages/CannotOpen';
import { type RecordLine, Records } from '../pages/Records';
import { navigate, useBeforeLeave } from '../router';
import { addedForm, labelIn, stateOf, subjectOf } from '../visit/records';
import { openWhole, type WholeVisit } from '../visit/whole';
import type { Together } from '../words-group';
import { useApp } from './context';
import { keepSame } from './live';
import { storeWords } from './trouble';
import { readGroup, readWhom } from './whom';

interface Beside {
  readonly where: string;
  readonly together: Together | null;
  readonly forms: readonly FormHead[];
  readonly programmes: readonly Programme[];
  readonly sent: VisitCard | null;
}

type Open = { at: 'open'; whole: WholeVisit; beside: Beside };
type Stage = { at: 'opening' } | Open | { at: 'elsewhere' } | { at: 'cannot'; words: string };

async function readBeside(store: Store, whole: WholeVisit): Promise<Beside> {
  const state = whole.state();
  const [whom, together, forms, programmes, sent] = await Promise.all([
    readWhom(store, state),
    readGroup(store, state),
    store.forms(),
    store.programmes(),
    whole.edits ? store.visit(whole.visit) : null,
  ]);
  return { where: whom.name ?? sent?.label ?? '', together, forms, programmes, sent };
}

export function RecordsPage(props: { id: string }): JSX.Element {
  const app = useApp();
  const [stage, setStage] = createSignal<Stage>({ at: 'opening' });
  let gone = false;
  let within = false; // she goes to another page of this visit

  const openHere = async (takeOver: boolean): Promise<Stage> => {
    try {
      const opened = await openWhole(app.store, props.id, takeOver);
      if (opened.at === 'elsewhere') return opened;
      if (opened.at === 'gone') return { at: 'cannot', words: t('field.savedGone') };
      return { at: 'open', whole: opened.whole, beside: await readBeside(app.store, opened.whole) };
    } catch (cause) {
      return { at: 'cannot', words: storeWords(cause) };
    }
  };
  const go = async (takeOver = false): Promise<void> => {
    setStage({ at: 'opening' });
    const next = await openHere(takeOver);
    if (!gone) setStage(next);
    else if (next.at === 'open') void next.whole.leave(true);
  };
  const whole = (): WholeVisit | null => {
    const now = stage();
    return now.at === 'open' ? now.whole : null;
  };
  onMount(() => void go());
  onCleanup(() => {
    gone = true;
    void whole()?.leave(within);
  });
  useBeforeLeave(() => whole()?.save.saving().at === 'failed');

  const goWithin = (to: string): void => {
    within = true;
    navigate(to);
    within = gone; // it was held back
  };
  const at = <A extends Stage['at']>(name: A) => {
    const now = stage();
    return now.at === name ? (now as Extract<Stage, { at: A }>) : undefined;
  };
  return (
    <Switch fallback={<Loading />}>
      <Match when={whole()?.lost() === true || at('elsewhere') !== undefined}>
        <Elsewhere onTake={() => void go(true)} onLeave={() => navigate('/')} />
      </Match>
      <Match when={at('cannot')}>
        {(why) => <CannotOpen words={why().words} onAgain={() => void go()} onBack={() => navigate('/')} />}
      </Match>
      <Match when={at('open')} keyed>
        {(open) => <Several open={open} onWithin={goWithin} />}
      </Match>
    </Switch>
  );
}

function Several(props: { open: Open; onWithin: (to: string) => void }): JSX.Element {
  const app = useApp();
  // eslint-disable-next-line solid/reactivity -- another draft is another page
  const { whole, beside } = props.open;
  const { visit, state } = whole;
  const [lacking, setLacking] = createSignal<readonly string[]>([]);
  const [failed, setFailed] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);

  const asked = () => (state().correction?.asked.length ?? 0) > 0;
  const added = () => (asked() ? null : addedForm(state(), beside.programmes, beside.forms));
  const [names] = createResource(
    () => namesOf(state()).join(' '),
    () => readNames(app.store, state()),
  );
  const title = (form: string) => inWords(beside.forms.find((each) => each.form === form)?.title) || form;
  const lines = createMemo<RecordLine[]>((before) => {
    const next = state().records.map((record, index): RecordLine => {
      const own = index === 0;
      const xml = record.done?.xml ?? record.sent?.xml;
      const said = xml === undefined ? null : labelIn(xml);
      const name = names.latest?.get(record.record) ?? said ?? t('group.newPerson');
      return {
        record: record.record,
        name: own ? title(record.form) : name,
        form: own ? null : title(record.form),
        state: stateOf(record, state()),
        removable: !own && record.sent === undefined,
      };
    });
    return keepSame(before, next);
  }, []);

  const remove = ({ record, name }: RecordLine): void => {
    const putBack = whole.remove(record);
    setLacking(lacking().filter((each) => each !== record));
    toast(t('group.recordRemoved', { name }), { undo: () => void putBack() });
  };
  const finish = async (): Promise<void> => {
    if (busy() || whole.save.saving().at === 'failed') return;
    setBusy(true);
    setFailed(null);
    try {
      const ended = await whole.finish(beside.where);
      if (!ended.ok) return void setLacking(ended.lacking);
      const how = whole.edits ? (state().correction ? 'mended' : 'changed') : 'new';
      const minutes = whole.edits ? null : ended.minutes;
      navigate(`/saved/${visit}`, { replace: true, state: { minutes, how } });
    } catch (cause) {
      setFailed(cause instanceof FormProblem ? cause.words : storeWords(cause));
    } finally {
      setBusy(false);
    }
  };
  const finishWords = () => {
    if (asked()) return t('visits.askedDone');
    return whole.edits ? t('visits.editDone') : t('forms.finish');
  };
  const today = () => dayOf(state().check_in.at.wall, app.org().timezone) === dayOf(new Date(), app.org().timezone);
  const place = () => `/place/${state().records[0]?.form ?? ''}?for=${visit}&team=${state().team}`;

  return (
    <Records
      ofToday={today() && !whole.edits}
      work={title(state().records[0]?.form ?? '')}
      where={beside.where}
      together={beside.together}
      lines={lines()}
      lacking={lacking()}
      save={whole.save}
      failed={failed()}
      busy={busy()}
      finishWords={finishWords()}
      above={<Words sent={beside.sent} asked={state().correction !== null && state().correction !== undefined} />}
      onOpen={(record) => props.onWithin(`/visit/${visit}?record=${record}`)}
      onRemove={remove}
      onAdd={added() === null ? undefined : () => props.onWithin(`/new?for=${visit}&add=1`)}
      onOtherPlace={whole.edits ? undefined : () => props.onWithin(place())}
      onOthersThere={whole.edits ? undefined : () => props.onWithin(`/with/${visit}?again=1`)}
      onFinish={() => void finish()}
      onBack={() => navigate(whole.edits ? `/sent/${visit}` : '/', { replace: true })}
    />
  );
}

/** A reviewer's words about all of it. */
function Words(props: { sent: VisitCard | null; asked: boolean }): JSX.Element {
  const words = () => (props.asked ? (props.sent?.returned?.words ?? null) : null);
  return (
    <Show when={words()}>
      {(said) => (
        <div class="strip asks">
          <Icon name="message-square-warning" />
          <span class="grow">
            {t('visits.askedWords', { by: props.sent?.returned?.by ?? t('field.reviewer'), words: said() })}
          </span>
        </div>
      )}
    </Show>
  );
}

const namesOf = (state: DraftState): string[] =>
  state.records.map((record) => `${record.record}/${subjectOf(state, record)?.id ?? ''}`);

/** Whom each record is about; of one that was sent, as it read then. */
async function readNames(store: Store, state: DraftState): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const record of state.records) {
    const { name } = await readWhom(store, { ...state, place: null, subject: subjectOf(state, record) });
    const then = Object.values(record.list_rows.people ?? {})[0]?.label;
    const said = name ?? then;
    if (said !== undefined) names.set(record.record, said);
  }
  return names;
}

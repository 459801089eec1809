/** One visit that was recorded: reads it with its files and its talk, and does what she may still do with it. */
import '../../i18n/areas/phone-later';
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { formatDay, formatNear, formatTime, inWords, t } from '../../i18n';
import { type Store, StoreError, type VisitCard } from '../../store';
import { Empty, Loading, toast } from '../../ui';
import { Large } from '../capture/Large';
import { allThere, sumOf } from '../model/files';
import { chipOf, reasonOf } from '../model/sent';
import { SentVisit, type SentVisitView } from '../pages/SentVisit';
import type { FileLine } from '../parts/FileRow';
import { Screen } from '../parts/Screen';
import { goBack, navigate } from '../router';
import { type Previews, previewsOf } from '../visit/previews';
import { restoreVisit } from '../visit/restore';
import { nearMoment, reasonWords } from '../words';
import { filesWords } from '../words-visits';
import { useApp } from './context';
import { fileLines } from './files-read';
import { createLive } from './live';
import { storeWords } from './trouble';

async function readVisit(store: Store, id: string) {
  const [card, files, notes, draft, wifi, forms, org, home] = await Promise.all([
    store.visit(id),
    store.captures(id),
    store.notes(id),
    store.loadDraft(id),
    store.photosOnWifi(),
    store.forms(),
    store.org(),
    store.home(),
  ]);
  const title = inWords(forms.find((form) => form.form === card?.form)?.title) || (card?.form ?? '');
  return { card, files, notes, draft, wifi, title, zone: org.timezone, today: home.today };
}

type Read = Awaited<ReturnType<typeof readVisit>>;

export function OneVisitPage(props: { id: string }): JSX.Element {
  // eslint-disable-next-line solid/reactivity -- another visit is another page
  const { id } = props;
  const app = useApp();
  const { store } = app;
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const [large, setLarge] = createSignal<FileLine | null>(null);
  const previews = previewsOf(store);
  onCleanup(() => previews.close());
  const read = createLive(store, ['visits', 'captures', 'drafts', 'outbox', 'world', 'notices', 'sync'], () =>
    readVisit(store, id),
  );

  /** Does it, and says on the page what stood in the way; `gone`: what to say when it is not to be done any more. */
  const act = async (what: () => Promise<unknown>, gone = t('visits.decidedAlready')): Promise<boolean> => {
    setTrouble(null);
    try {
      await what();
      return true;
    } catch (cause) {
      setTrouble(cause instanceof StoreError && cause.kind === 'gone' ? gone : storeWords(cause));
      return false;
    }
  };
  const toForm = () => navigate(`/visit/${id}`);
  const mend = () => act(() => store.beginCorrection(id).then(toForm), t('field.formNotHere'));
  const change = () => act(() => store.editSent(id).then(toForm));
  const restore = () => act(() => restoreVisit(store, id).then(() => toast(t('visits.restored'))));
  const withdraw = (reason: string | null) =>
    act(() =>
      store.withdrawVisit(id, reason).then(() => toast(t('visits.withdrawnToast'), { undo: () => void restore() })),
    );
  const largest = async ({ name }: FileLine) => (await store.captureBytes(name)) ?? (await store.capturePreview(name));

  return (
    <Show when={read()} fallback={<Loading />}>
      {(all) => (
        <Show when={all().card} fallback={<Gone />}>
          {(card) => (
            <>
              <SentVisit
                view={viewOf(all(), card(), app.line(), previews, trouble())}
                onBack={() => goBack('/sent')}
                onMend={() => void mend()}
                onChange={() => void change()}
                onWithdraw={(reason) => void withdraw(reason)}
                onRestore={() => void restore()}
                onNote={(text) => act(() => store.addNote(id, text))}
                onShow={setLarge}
              />
              <Show when={large()} keyed>
                {(file) => <Large label={file.title} load={() => largest(file)} onClose={() => setLarge(null)} />}
              </Show>
            </>
          )}
        </Show>
      )}
    </Show>
  );
}

function viewOf(
  { files, notes, draft, wifi, title, zone, today }: Read,
  card: VisitCard,
  line: ReturnType<ReturnType<typeof useApp>['line']>,
  previews: Previews,
  trouble: string | null,
): SentVisitView {
  const sent = files.filter(({ state }) => state !== 'draft');
  const chip = card.state === 'waiting' && card.withdrawal === null && line === 'sending' ? 'sending' : chipOf(card);
  const problem = [card.problem?.title, card.problem?.next].filter(Boolean).join(t('field.gap'));
  return {
    name: card.label ?? t('field.noName'),
    form: title,
    when: `${formatNear(card.day, today)} ${formatTime(card.check_in, zone)}`,
    chip: chip === 'returned' ? 'received' : chip, // what is asked has a card of its own above
    reason: reasonWords(reasonOf(chip === 'returned' ? { ...card, state: 'received' } : card, line), today, zone, true),
    problem: problem === '' ? null : problem,
    files: fileLines(sent, wifi, previews),
    filesLine: allThere(sumOf(sent)) ? null : filesWords(sent, wifi),
    asked: askedOf(card, draft !== null),
    changeable: card.changeable,
    changing: draft !== null,
    restorable: card.state === 'withdrawn' || card.withdrawal === 'waiting',
    talk: notes.map((note) => ({
      id: note.id,
      who: note.by,
      mine: note.mine,
      when: nearMoment(note.at, today, zone),
      text: note.text,
      state: note.state,
    })),
    trouble,
  };
}

function askedOf({ state, returned }: VisitCard, begun: boolean): SentVisitView['asked'] {
  if (state !== 'returned') return null;
  const { by, by_day, words, comments } = returned ?? {
    by: t('field.reviewer'),
    by_day: null,
    words: null,
    comments: [],
  };
  return {
    by,
    count: new Set(comments.map(({ record, path }) => `${record} ${path}`)).size,
    day: by_day === null ? null : formatDay(by_day),
    words,
    begun,
  };
}

function Gone(): JSX.Element {
  return (
    <Screen title={t('field.sentTitle')} onBack={() => goBack('/sent')}>
      <Empty title={t('visits.visitGone')} />
    </Screen>
  );
}

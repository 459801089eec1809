/** What was recorded on this phone and where it is. */
import '../../i18n/areas/phone-later';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { dayOf, formatBytes, formatNear, formatTime, inWords, t } from '../../i18n';
import type { CaptureCard, DraftCard, Stands, Store, VisitCard } from '../../store';
import { Loading, toast } from '../../ui';
import { sumOf } from '../model/files';
import { chipOf, type Line, reasonOf } from '../model/sent';
import { Sent, type SentLine, type SentView } from '../pages/Sent';
import { navigate } from '../router';
import { reasonWords } from '../words';
import { filesWords } from '../words-visits';
import { useApp } from './context';
import { lineWords } from './line';
import { createLive, keepSame } from './live';
import { heardWords } from './MePage';
import { storeWords } from './trouble';

interface Read {
  readonly today: string;
  readonly zone: string;
  readonly drafts: readonly DraftCard[];
  readonly discarded: readonly DraftCard[];
  readonly visits: readonly VisitCard[];
  readonly heard: string | null;
  readonly waitingBytes: number;
  readonly todayBytes: number;
  readonly files: ReadonlyMap<string, readonly CaptureCard[]>;
  readonly wifi: boolean;
  readonly title: (form: string | null) => string;
}

async function readSent(store: Store): Promise<Read> {
  const [home, discarded, visits, org, forms, standing, waiting, captures, wifi, todayBytes] = await Promise.all([
    store.home(),
    store.discarded(),
    store.visits(),
    store.org(),
    store.forms(),
    store.exchange.standing(),
    store.exchange.waiting(),
    store.captures(),
    store.photosOnWifi(),
    store.sentToday(),
  ]);
  const titles = new Map(forms.map((form) => [form.form, form.title]));
  const title = (form: string | null) => inWords(titles.get(form ?? '') ?? { zh: form ?? '', en: form ?? '' });
  const files = new Map<string, CaptureCard[]>();
  for (const file of captures.filter(({ state }) => state !== 'draft'))
    files.set(file.visit, [...(files.get(file.visit) ?? []), file]);
  const waitingBytes = waiting.reduce((sum, op) => sum + op.bytes, 0) + sumOf(captures).bytes;
  return {
    today: home.today,
    zone: org.timezone,
    drafts: home.drafts,
    discarded,
    visits,
    heard: standing.heard,
    waitingBytes,
    todayBytes,
    files,
    wifi,
    title,
  };
}

export function SentPage(): JSX.Element {
  const app = useApp();
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const read = createLive(app.store, ['drafts', 'visits', 'world', 'sync', 'outbox', 'captures'], () =>
    readSent(app.store),
  );

  const lines = createMemo<Lines | null>((before) => {
    const all = read();
    return all === undefined ? null : linesOf(all, app.line(), before);
  }, null);

  const discard = async (visit: string): Promise<void> => {
    try {
      await app.store.discardDraft(visit);
      toast(t('field.discarded'), { undo: () => haveBack(visit) });
    } catch (cause) {
      fail(cause);
    }
  };
  const haveBack = (visit: string) => void app.store.undoDiscard(visit).catch(fail);
  const fail = (cause: unknown) => setTrouble(storeWords(cause));

  return (
    <Show when={read()} fallback={<Loading />}>
      {(all) => (
        <Sent
          view={{
            drafts: lines()?.drafts ?? [],
            discarded: lines()?.discarded ?? [],
            days: lines()?.days ?? [],
            heard: heardWords(all().heard, all().today, all().zone),
            bytes: all().waitingBytes === 0 ? null : formatBytes(all().waitingBytes),
            today: all().todayBytes === 0 ? null : formatBytes(all().todayBytes),
            busy: app.line() === 'sending',
            trouble: trouble() ?? lineWords(app.sync.status(), (ms) => formatTime(new Date(ms), all().zone)),
          }}
          onBack={() => navigate('/')}
          onSend={() => app.sync.sendNow()}
          onGoOn={(visit) => navigate(`/visit/${visit}`)}
          onDiscard={(visit) => void discard(visit)}
          onHaveBack={haveBack}
        />
      )}
    </Show>
  );
}

type Lines = Pick<SentView, 'drafts' | 'discarded' | 'days'>;

function linesOf(read: Read, line: Line, before: Lines | null): Lines {
  const days = new Map<string, SentLine[]>();
  for (const visit of read.visits) {
    const lines = days.get(visit.day) ?? [];
    lines.push(visitLine(visit, read, line));
    days.set(visit.day, lines);
  }
  const sameDay = (day: string) => before?.days.find((each) => each.day === day)?.lines;
  return {
    drafts: keepSame(
      before?.drafts,
      read.drafts.map((draft) => draftLine(draft, read)),
    ),
    discarded: keepSame(
      before?.discarded,
      read.discarded.map((draft) => draftLine(draft, read)),
    ),
    days: [...days].map(([day, lines]) => ({
      day,
      title: formatNear(day, read.today),
      lines: keepSame(sameDay(day), lines),
    })),
  };
}

function visitLine(visit: VisitCard, { today, zone, title, files, wifi }: Read, line: Line): SentLine {
  const chip = chipOf(visit);
  return {
    visit: visit.visit,
    name: visit.label ?? t('field.noName'),
    form: title(visit.form),
    when: formatTime(visit.check_in, zone),
    chip: chip === 'waiting' && line === 'sending' ? 'sending' : chip,
    reason: reasonWords(reasonOf(visit, line), today, zone),
    files: filesWords(files.get(visit.visit) ?? [], wifi),
    href: `/sent/${visit.visit}`,
  };
}

function draftLine(draft: DraftCard, { today, zone, title }: Read): SentLine {
  const day = formatNear(dayOf(draft.check_in, zone), today);
  const reason = { at: 'draft', changed: draft.changed } as const;
  return {
    visit: draft.visit,
    name: draft.label ?? t('field.noName'),
    form: title(draft.form),
    when: `${day} ${formatTime(draft.check_in, zone)}`,
    chip: 'draft',
    reason: reasonWords(reason, today, zone),
    stands: draft.stands === null ? null : standsWords(draft.stands),
  };
}

/** 答了 5 题，共 12 题，停在：今天吃饭 */
function standsWords({ answered, of, at }: Stands): string {
  const far = t('field.draftStands', { n: answered, of });
  return at === null ? far : t('field.draftAt', { far, what: at });
}

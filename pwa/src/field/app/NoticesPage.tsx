/** 通知: read once they were on the screen; which of them were new stays to be seen until she leaves. */
import '../../i18n/areas/phone-later';
import { type JSX, Show } from 'solid-js';
import { inWords } from '../../i18n';
import type { Store } from '../../store';
import { Loading } from '../../ui';
import { type NoticeLine, Notices } from '../pages/Notices';
import { goBack, navigate } from '../router';
import { nearMoment } from '../words';
import { noticeWords } from '../words-visits';
import { useApp } from './context';
import { createLive } from './live';

async function readNotices(store: Store, fresh: Set<string>): Promise<NoticeLine[]> {
  const [notices, visits, forms, org, home] = await Promise.all([
    store.notices(),
    store.visits(),
    store.forms(),
    store.org(),
    store.home(),
  ]);
  for (const notice of notices) if (!notice.read) fresh.add(notice.id);
  const cards = new Map(visits.map((visit) => [visit.visit, visit]));
  const titles = new Map(forms.map((form) => [form.form, form.title]));
  return notices.map((notice) => {
    const card = notice.visit === null ? undefined : cards.get(notice.visit);
    const about = [card?.label, inWords(titles.get(card?.form ?? ''))].filter(Boolean).join(' ');
    return {
      id: notice.id,
      kind: notice.kind,
      title: noticeWords(notice),
      about: about === '' ? null : about,
      when: nearMoment(notice.at, home.today, org.timezone),
      words: notice.words,
      isNew: fresh.has(notice.id),
      visit: card === undefined ? null : card.visit,
    };
  });
}

export function NoticesPage(): JSX.Element {
  const { store } = useApp();
  const fresh = new Set<string>();
  const lines = createLive(store, ['notices', 'visits', 'world'], async () => {
    const read = await readNotices(store, fresh);
    void store.readNotices().catch(() => undefined); // then they are new once more, which harms nobody
    return read;
  });
  return (
    <Show when={lines()} fallback={<Loading />}>
      {(all) => <Notices lines={all()} onBack={() => goBack('/me')} onOpen={(visit) => navigate(`/sent/${visit}`)} />}
    </Show>
  );
}

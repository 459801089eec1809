/** What stands beside a record while it is mended: why it was refused and where, its files, and what came as it came. */
import { createMemo, createSignal, For, type JSX, Show, untrack } from 'solid-js';
import type { Attachment, Mendable, QuarantineDetail } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Icon } from '../../ui';
import { near } from '../parts/near';
import { Attached } from '../photos/Attached';
import { type Evidence, EvidenceProvider } from '../photos/evidence';
import { createFiles } from '../photos/files';
import { isPhoto, type Picture } from '../photos/pictures';
import { Viewer } from '../photos/Viewer';
import { reasonTitle, whereWords } from '../quarantine/reasons';
import { api } from '../session/session';

export interface BesideProps {
  item: QuarantineDetail;
  mendable: Mendable;
  /** the record that is open */
  record: string | undefined;
}

export function Beside(props: BesideProps): JSX.Element {
  const id = untrack(() => props.item.id);
  const [large, setLarge] = createSignal<string | null>(null);
  const evidence: Evidence = {
    base: `/api/desk/quarantine/${id}`,
    // of what was not taken there are no small ones: the file itself stands for them
    files: createFiles(async (path, signal) => (await api.file(path.replace(/\/preview$/, ''), { signal })).blob),
    show: ({ sha256 }) => setLarge(sha256),
    fetch: () => undefined,
  };
  const record = () => props.mendable.body.records.find((each) => each.record === props.record);
  const files = createMemo(() =>
    (record()?.attachments ?? []).map(
      (file): Attachment => ({ ...file, said_at: file.said_at ?? null, state: 'here', reason: null }),
    ),
  );
  const words = (file: Attachment) => (isPhoto(file) ? t('desk.onePhoto') : t('desk.oneVoice'));
  const pictures = () =>
    files()
      .filter(isPhoto)
      .map((file): Picture => ({ attachment: file, label: { zh: words(file), en: words(file) } }));
  const at = () => pictures().findIndex(({ attachment }) => attachment.sha256 === large());
  return (
    <EvidenceProvider value={evidence}>
      <aside class="side" aria-label={t('desk.q_where')}>
        <div class="why">
          <Icon name="circle-alert" />
          <div>
            <b class="ret">{reasonTitle(props.item.code)}</b>
            <Show when={whereWords(props.item)}>{(words) => <p>{words()}</p>}</Show>
          </div>
        </div>
        <section class="panel">
          <dl class="qa">
            <div class="row">
              <dt>{t('desk.volunteer')}</dt>
              <dd>{props.item.user_name ?? t('desk.unknownSender')}</dd>
            </div>
            <Show when={props.item.said_at}>
              {(moment) => (
                <div class="row">
                  <dt>{t('desk.q_when')}</dt>
                  <dd>{near(moment())}</dd>
                </div>
              )}
            </Show>
            <div class="row">
              <dt>{t('desk.team')}</dt>
              <dd>{inWords(props.item.team_name) || t('desk.notKnown')}</dd>
            </div>
          </dl>
        </section>
        <Show when={files().length > 0}>
          <section class="panel">
            <h3>{t('desk.mendFiles')}</h3>
            <div class="mendfiles">
              <For each={files()}>{(file) => <Attached attachment={file} label={words(file)} />}</For>
            </div>
          </section>
        </Show>
        <p class="cap">{t('desk.mendKeeps')}</p>
        <details class="panel rawop">
          <summary>{t('desk.q_raw')}</summary>
          <pre tabindex="0">{record()?.xml}</pre>
        </details>
      </aside>
      <Show when={at() >= 0}>
        <Viewer
          evidence={evidence}
          pictures={pictures()}
          at={at()}
          onMove={(next) => setLarge(pictures()[next]?.attachment.sha256 ?? null)}
          onClose={() => setLarge(null)}
        />
      </Show>
    </EvidenceProvider>
  );
}

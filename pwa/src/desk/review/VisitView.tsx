/**
 * One visit as evidence before judgement: what was answered at the left, or where it was mended the two versions beside
 * each other; what speaks for it at the right. Its photos and its return dialog live as long as it is open.
 */
import { createMemo, createSignal, For, type JSX, Show, untrack } from 'solid-js';
import type { Attachment, Comparison, FollowLine, RevisionLine, VisitDetail } from '../../api/types';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import { ComparePanel } from '../compare/ComparePanel';
import { type Pair, pairOf } from '../compare/rows';
import type { Follower } from '../follows/following';
import { Follows } from '../follows/Follows';
import { Notes } from '../notes/Notes';
import { DeskButton } from '../parts/DeskButton';
import { createLoad } from '../parts/load';
import { onKeys } from '../parts/on-keys';
import { saveFile } from '../parts/save';
import { type Evidence, EvidenceProvider } from '../photos/evidence';
import { createFiles } from '../photos/files';
import { Gallery } from '../photos/Gallery';
import { canShow, pathOf, picturesOf } from '../photos/pictures';
import { Viewer } from '../photos/Viewer';
import type { ReturnBody, ReturnEditor } from '../returns/draft';
import { ReturnDialog } from '../returns/ReturnDialog';
import { Talk } from '../returns/Talk';
import { api } from '../session/session';
import { Answers } from './Answers';
import { flagWords } from './flags';
import { Earlier, Happened, numberWords } from './Past';
import { Distance, Presence } from './Presence';
import { VisitHead } from './VisitHead';

export interface VisitViewProps {
  detail: VisitDetail;
  /** 1 / 23; null when it is not in the list */
  place: { at: number; of: number } | null;
  backHref: string;
  hrefOf: (visit: string) => string;
  /** the photo that is looked at large, by its hash */
  large: string | null;
  onLarge: (sha256: string | null) => void;
  /** the return dialog is open, and writes here */
  returning: ReturnEditor | null;
  onReturned: (body: ReturnBody) => Promise<void>;
  onNewer: () => void;
  onLeaveReturn: () => void;
  onNote: (text: string) => Promise<void>;
  decides: boolean;
  onFollow: (entity: string, follower: Follower) => Promise<FollowLine>;
  onProblem: (thrown: unknown) => void;
  /** null: there is nothing to settle, or it is not hers to settle */
  onSettle: (() => void) | null;
}

const current = ({ visit, revisions }: VisitDetail): RevisionLine | undefined =>
  revisions.find(({ id }) => id === visit.revision);

/** Does the visit show what the county put together, and nobody has opened? */
export const isMerged = (detail: VisitDetail): boolean => current(detail)?.why === 'merged';

export function VisitView(props: VisitViewProps): JSX.Element {
  const visit = () => props.detail.visit;
  const id = untrack(() => visit().visit);
  const merged = () => isMerged(props.detail);
  const position = () => visit().presence.position;

  const evidence: Evidence = {
    base: `/api/visits/${id}`,
    files: createFiles(async (path, signal) => (await api.file(path, { signal })).blob),
    show: ({ sha256 }) => props.onLarge(sha256),
    fetch: (attachment) => void download(attachment),
  };
  async function download(attachment: Attachment): Promise<void> {
    try {
      saveFile(await api.file(`${pathOf(evidence.base, attachment)}?download=1`));
    } catch (thrown) {
      props.onProblem(thrown);
    }
  }

  const [chosen, choose] = createSignal<Pair | null>(null);
  const [comparing, setComparing] = createSignal(true);
  const [onlyChanged, setOnlyChanged] = createSignal(false);
  const usual = createMemo(() => pairOf(props.detail.revisions, props.detail.decisions));
  const pair = () => chosen() ?? usual();
  const wanted = createMemo(() => (pair() === null ? null : JSON.stringify(pair())));
  const comparison = createLoad(wanted, (key, signal) =>
    api.ask<Comparison>(`/api/desk/visits/${id}/compare`, { query: { ...(JSON.parse(key) as Pair) }, signal }),
  );

  /** Every picture on the page, the older ones of a comparison too. */
  const pictures = createMemo(() => {
    const now = picturesOf(props.detail.records);
    const before = (comparison.value()?.records ?? []).map(({ rows }) => ({
      answers: rows.flatMap((row) => row.before ?? []),
    }));
    const older = picturesOf(before);
    const known = new Set(now.map(({ attachment }) => attachment.sha256));
    return [...now, ...older.filter(({ attachment }) => !known.has(attachment.sha256))];
  });
  const viewable = createMemo(() => pictures().filter(({ attachment }) => canShow(attachment)));
  const at = () => viewable().findIndex(({ attachment }) => attachment.sha256 === props.large);

  onKeys({
    changed: () => {
      if (pair() === null) return;
      if (comparing()) setOnlyChanged(!onlyChanged());
      else setComparing(true);
    },
  });

  return (
    <EvidenceProvider value={evidence}>
      <VisitHead visit={visit()} place={props.place} backHref={props.backHref} />
      <div class="vbody">
        <div class="side">
          <For each={visit().flags}>
            {(flag) => (
              <div class="why">
                <Icon name="flag" />
                <div>
                  <b class="ret">{t('desk.hint', { what: flagWords(flag).long })}</b>
                  <p class="cap">{flagWords(flag).innocent}</p>
                </div>
              </div>
            )}
          </For>
          <Show when={merged() && visit().flags.every(({ code }) => code !== 'two_versions')}>
            <div class="why">
              <Icon name="copy" />
              <div>
                <b>{t('desk.mergedFrom', { numbers: numberWords(current(props.detail)?.merges ?? null) })}</b>
                <p class="cap">{t('desk.mergedNote')}</p>
                <Show when={props.onSettle}>
                  {(settle) => (
                    <DeskButton small icon="clipboard-check" key="S" onClick={settle()}>
                      {t('desk.mergedLook')}
                    </DeskButton>
                  )}
                </Show>
              </div>
            </div>
          </Show>
          <Show when={pair()} fallback={<Answers records={props.detail.records} />}>
            {(two) => (
              <>
                <div class="switch" role="group" aria-label={t('desk.howToSee')}>
                  <button
                    type="button"
                    class="fchip"
                    classList={{ on: comparing() }}
                    aria-pressed={comparing()}
                    onClick={() => setComparing(true)}
                  >
                    {t('desk.compare')}
                  </button>
                  <button
                    type="button"
                    class="fchip"
                    classList={{ on: !comparing() }}
                    aria-pressed={!comparing()}
                    onClick={() => setComparing(false)}
                  >
                    {t('desk.thisVersion')}
                  </button>
                </div>
                <Show when={comparing()} fallback={<Answers records={props.detail.records} />}>
                  <ComparePanel
                    load={comparison}
                    revisions={props.detail.revisions}
                    pair={two()}
                    onPair={choose}
                    onlyChanged={onlyChanged()}
                    onOnlyChanged={setOnlyChanged}
                  />
                </Show>
              </>
            )}
          </Show>
        </div>
        <div class="side">
          <Gallery records={props.detail.records} />
          <Talk decisions={props.detail.decisions} who={visit().user_name} compared={comparison.value()} />
          <Presence presence={visit().presence} />
          <Show when={position().distance_m !== null && position().accuracy_m !== null}>
            <Distance
              distance_m={position().distance_m ?? 0}
              accuracy_m={position().accuracy_m ?? 0}
              bearing={position().bearing}
            />
          </Show>
          <Follows follows={props.detail.follows} decides={props.decides} onFollow={props.onFollow} />
          <Notes visit={id} notes={props.detail.notes} onWrite={props.onNote} />
          <Happened detail={props.detail} />
          <Show when={visit().subject_label}>
            <Earlier detail={props.detail} hrefOf={props.hrefOf} />
          </Show>
        </div>
      </div>
      <Show when={at() >= 0}>
        <Viewer
          evidence={evidence}
          pictures={viewable()}
          at={at()}
          onMove={(next) => props.onLarge(viewable()[next]?.attachment.sha256 ?? null)}
          onClose={() => props.onLarge(null)}
        />
      </Show>
      <Show when={props.returning}>
        {(editor) => (
          <ReturnDialog
            detail={props.detail}
            editor={editor()}
            onSend={props.onReturned}
            onNewer={props.onNewer}
            onClose={props.onLeaveReturn}
          />
        )}
      </Show>
    </EvidenceProvider>
  );
}

/** What stands over the form of a visit: the camera, a recording, a photo large, what was left by a killed tab. */
import { createResource, type JSX, Match, Show, Switch } from 'solid-js';
import { t } from '../../i18n';
import type { Recording } from '../../store';
import { CameraSheet } from '../capture/CameraSheet';
import { PhotoUnreadable } from '../capture/downscale';
import { Large } from '../capture/Large';
import { lengthWords, secondsOf } from '../capture/lengths';
import { CodeSheet } from '../capture/CodeSheet';
import { FileSheet } from '../capture/FileSheet';
import { FileTooLarge, keepFile, keepPhoto, keepRecording } from '../capture/photo';
import { LONGEST } from '../capture/shrink';
import { Unfinished } from '../capture/Unfinished';
import { VoiceSheet } from '../capture/VoiceSheet';
import type { Overlay } from '../visit/attachments';
import type { Session } from '../visit/session';
import { useApp } from './context';
import { storeWords } from './trouble';

const photoWords = (cause: unknown): string =>
  cause instanceof PhotoUnreadable ? t('visits.photoUnreadable') : `${t('visits.photoFailed')} ${storeWords(cause)}`;

function fileTrouble(cause: unknown): string {
  if (cause instanceof FileTooLarge) return t('visits.fileTooLarge');
  if (cause instanceof RangeError) return t('visits.fileType');
  return cause instanceof PhotoUnreadable ? t('visits.photoUnreadable') : storeWords(cause);
}

type Of<A extends Overlay['at']> = Extract<Overlay, { at: A }>;

export function VisitOverlays(props: { session: Session }): JSX.Element {
  // eslint-disable-next-line solid/reactivity -- another session is another page
  const { session } = props;
  const app = useApp();
  const { store } = app;
  const { visit, record } = session;
  const shown = <A extends Overlay['at']>(at: A) => {
    const now = session.attachments.overlay();
    return now?.at === at ? (now as Of<A>) : undefined;
  };
  const label = (path: string) => session.filling.question(path)?.label ?? '';
  const about = (path: string) => ({
    visit,
    path,
    longest: session.filling.question(path)?.maxPixels ?? LONGEST,
    timeZone: app.org().timezone,
  });
  /** Another app may cost this page its life: what is on screen goes to the disk, and that a photo is awaited. */
  const prepare = async (path: string): Promise<void> => {
    await session.save.flush();
    await store.awaitCapture(visit, record, path).catch(() => undefined); // without that word she only is not told
  };
  const giveUp = (overlay: Of<'photo' | 'voice' | 'file'>) => {
    void store.settleAwaited(visit, record).catch(() => undefined);
    overlay.done(null);
  };
  const keep = async ({ path, done }: Of<'photo'>, photo: Blob | ImageBitmap): Promise<void> =>
    done(await keepPhoto(store, about(path), photo));
  const use = async ({ path, done }: Of<'voice'>, heard: { id: string; type: string }): Promise<void> =>
    done(await keepRecording(store, about(path), heard));

  const keepOther = async ({ path, done }: Of<'file'>, file: Blob): Promise<void> =>
    done(await keepFile(store, about(path), file));

  return (
    <>
      <Switch fallback={<LeftOver session={session} />}>
        <Match when={shown('photo')} keyed>
          {(overlay) => (
            <CameraSheet
              title={label(overlay.path)}
              from={overlay.from}
              prepare={() => prepare(overlay.path)}
              onPhoto={(photo) => keep(overlay, photo)}
              wordsOf={photoWords}
              onClose={() => giveUp(overlay)}
            />
          )}
        </Match>
        <Match when={shown('voice')} keyed>
          {(overlay) => (
            <VoiceSheet
              title={label(overlay.path)}
              visit={visit}
              record={record}
              path={overlay.path}
              store={store}
              onUse={(heard) => use(overlay, heard)}
              wordsOf={storeWords}
              onClose={() => giveUp(overlay)}
            />
          )}
        </Match>
        <Match when={shown('file')} keyed>
          {(overlay) => (
            <FileSheet
              title={label(overlay.path)}
              kind={overlay.kind}
              from={overlay.from}
              prepare={() => prepare(overlay.path)}
              onFile={(file) => keepOther(overlay, file)}
              wordsOf={fileTrouble}
              onClose={() => giveUp(overlay)}
            />
          )}
        </Match>
        <Match when={shown('code')} keyed>
          {(overlay) => <CodeSheet title={label(overlay.path)} onDone={(text) => overlay.done(text)} />}
        </Match>
      </Switch>
      <Show when={shown('large')} keyed>
        {(overlay) => (
          <Large
            label={t('visits.large')}
            load={() => session.attachments.bytes(overlay.name)}
            onClose={() => session.attachments.closeLarge()}
          />
        )}
      </Show>
    </>
  );
}

/** A recording that a killed tab left behind; the oldest first, one at a time. */
function LeftOver(props: { session: Session }): JSX.Element {
  const { store } = useApp();
  // eslint-disable-next-line solid/reactivity -- another session is another page
  const { visit, record, filling } = props.session;
  const [left, { mutate, refetch }] = createResource(async (): Promise<Recording | null> => {
    const all = await store.recordings(visit, record).catch(() => []);
    return all.find(({ chunks, path }) => chunks > 0 && filling.question(path) !== null) ?? null;
  });
  const bytes = async ({ id, type }: Recording) => ({ type, bytes: await store.recordingBytes(id) });
  const use = async ({ id, type, path }: Recording): Promise<void> => {
    filling.set(path, await keepRecording(store, { visit, path }, { id, type }));
    await refetch();
  };
  const drop = async ({ id }: Recording): Promise<void> => {
    await store.dropRecording(id);
    await refetch();
  };
  return (
    <Show when={left.latest} keyed>
      {(recording) => (
        <Unfinished
          title={filling.question(recording.path)?.label ?? ''}
          length={lengthWords(secondsOf(recording.chunks))}
          load={() => bytes(recording)}
          onUse={() => use(recording)}
          onDrop={() => drop(recording)}
          wordsOf={storeWords}
          onClose={() => mutate(null)}
        />
      )}
    </Show>
  );
}

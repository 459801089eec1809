/**
 * A recording: it begins at once, shows that it hears her and how long it is, ends by 说完了, and is listened to before
 * it is used. What was said is on the disk all along; closing this by accident throws nothing away.
 */
import { createSignal, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { t } from '../../i18n';
import type { Store } from '../../store';
import { Button, Icon, Sheet } from '../../ui';
import './capture.css';
import { Heard } from './Heard';
import { lengthWords } from './lengths';
import { type Level, levelOf } from './level';
import { LIMIT_S, record, type Recorder, typeToRecord, WARN_S } from './recorder';
import { Sorry } from './Sorry';

type Stage =
  | { at: 'opening' }
  | { at: 'going'; recorder: Recorder; level: Level }
  | { at: 'working' }
  | { at: 'none'; why: 'refused' | 'none' };

type Done = { readonly id: string; readonly type: string };

export interface VoiceSheetProps {
  title: string;
  visit: string;
  record: string;
  path: string;
  store: Pick<Store, 'beginRecording' | 'addChunk' | 'recordingBytes' | 'dropRecording'>;
  /** settles when it is on the disk under its name; rejects when it could not be */
  onUse: (done: Done) => Promise<void>;
  wordsOf: (cause: unknown) => string;
  onClose: () => void;
}

export function VoiceSheet(props: VoiceSheetProps): JSX.Element {
  const [stage, setStage] = createSignal<Stage>({ at: 'opening' });
  const [trouble, setTrouble] = createSignal<string | null>(null);
  let gone = false;

  const going = () => {
    const now = stage();
    return now.at === 'going' ? now : null;
  };
  const state = () => going()?.recorder.state() ?? null;
  const running = () => {
    const now = state();
    return now?.at === 'recording' ? now : null;
  };
  const done = () => {
    const now = state();
    return now?.at === 'done' ? now : null;
  };
  const quiet = () => going()?.level.stop();

  const begin = async (): Promise<void> => {
    setTrouble(null);
    setStage({ at: 'opening' });
    if (typeToRecord() === null) return void setStage({ at: 'none', why: 'none' });
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const recorder = await record(props.store, props, stream);
      if (gone) return recorder.stop();
      setStage({ at: 'going', recorder, level: levelOf(stream) });
    } catch (cause) {
      const refused = cause instanceof DOMException && cause.name === 'NotAllowedError';
      if (!gone) setStage({ at: 'none', why: refused ? 'refused' : 'none' });
    }
  };
  onMount(() => void begin());
  onCleanup(() => {
    gone = true;
    going()?.recorder.stop();
    quiet();
  });

  const drop = async (id: string): Promise<void> => {
    quiet();
    try {
      await props.store.dropRecording(id);
    } catch (cause) {
      setTrouble(props.wordsOf(cause));
    }
  };
  const dropAndClose = async (id: string): Promise<void> => {
    await drop(id);
    props.onClose();
  };
  const dropAndBegin = async (id: string): Promise<void> => {
    await drop(id);
    await begin();
  };
  const bytes = async ({ id, type }: Done) => ({ type, bytes: await props.store.recordingBytes(id) });
  const use = async (heard: Done): Promise<void> => {
    const before = stage();
    setStage({ at: 'working' });
    try {
      await props.onUse(heard);
      quiet();
    } catch (cause) {
      setTrouble(props.wordsOf(cause));
      setStage(before);
    }
  };
  const close = () => {
    if (running() === null) return props.onClose();
    going()?.recorder.stop(); // a slip of the thumb ends it, it does not throw it away
  };

  return (
    <Sheet
      title={props.title}
      onClose={close}
      foot={
        <Switch fallback={<Button onClick={() => props.onClose()}>{t('visits.voiceDrop')}</Button>}>
          <Match when={running()}>
            <Button kind="main" icon="square" onClick={() => going()?.recorder.stop()}>
              {t('visits.voiceStop')}
            </Button>
          </Match>
          <Match when={done()}>
            {(heard) => (
              <>
                <Button onClick={() => void dropAndClose(heard().id)}>{t('visits.voiceThrow')}</Button>
                <Button kind="main" icon="check" onClick={() => void use(heard())}>
                  {t('visits.voiceUse')}
                </Button>
              </>
            )}
          </Match>
        </Switch>
      }
    >
      <Switch>
        <Match when={stage().at === 'opening'}>
          <p role="status">{t('visits.voiceOpening')}</p>
        </Match>
        <Match when={stage().at === 'none' && (stage() as Extract<Stage, { at: 'none' }>)}>
          {(none) => (
            <p class="lead" role="status">
              {none().why === 'refused' ? t('visits.voiceRefused') : t('visits.voiceNone')}
            </p>
          )}
        </Match>
        <Match when={running()}>{(now) => <Going seconds={now().seconds} level={going()?.level ?? null} />}</Match>
        <Match when={done()}>
          {(heard) => (
            <div class="heard">
              <p class="lead" role="status">
                <Icon name="check" /> {t('visits.voiceDone', { length: lengthWords(heard().seconds) })}
              </p>
              <Heard what={props.title} load={() => bytes(heard())} sorry={t('visits.unfinishedNotPlayed')} />
              <Button kind="bare" icon="rotate-ccw" onClick={() => void dropAndBegin(heard().id)}>
                {t('visits.voiceAgain')}
              </Button>
            </div>
          )}
        </Match>
        <Match when={stage().at === 'working'}>
          <p role="status">{t('visits.voiceWorking')}</p>
        </Match>
        <Match when={state()?.at === 'failed' && (state() as { cause: unknown })}>
          {(failed) => (
            <p class="lead" role="alert">
              {t('visits.voiceFailed')} {props.wordsOf(failed().cause)}
            </p>
          )}
        </Match>
      </Switch>
      <Sorry words={trouble()} />
    </Sheet>
  );
}

/** Below this nothing but the room is heard. */
const SILENCE = 0.06;
const LOOK_MS = 100;

/** That the phone hears her is said in words; the bar beside them moves only where motion is welcome (by its style). */
function Going(props: { seconds: number; level: Level | null }): JSX.Element {
  let bar!: HTMLProgressElement;
  const [heard, setHeard] = createSignal(false);
  let lately = 0;
  const timer = setInterval(() => {
    const level = props.level?.now() ?? 0;
    bar.value = level;
    lately = Math.max(level, lately * 0.95);
    setHeard(lately > SILENCE);
  }, LOOK_MS);
  onCleanup(() => clearInterval(timer));
  const left = () => LIMIT_S - props.seconds;
  return (
    <div class="going">
      <p class="lead">{t('visits.voiceGoing')}</p>
      <p class="display" role="timer" aria-live="off">
        {lengthWords(props.seconds)}
      </p>
      <progress ref={bar} class="bar level" max="1" aria-hidden="true" />
      <p class="cap" role="status">
        <Icon name="mic" size="sm" /> {heard() ? t('visits.voiceHeard') : t('visits.voiceQuiet')}
      </p>
      <Show when={props.seconds >= WARN_S}>
        <p class="asks" role="status">
          {t('visits.voiceLeft', { n: left() })}
        </p>
      </Show>
    </div>
  );
}

/** Makes this phone hers: takes the code, from the card or from the address that opened the app, and asks the county. */
import '../../i18n/areas/phone-later';
import { createResource, createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { language, t } from '../../i18n';
import { speak } from '../../i18n/areas/phone';
import { enrol } from '../../sync';
import { CODE_LENGTH, complete, strangeIn } from '../model/code';
import { Enrol } from '../pages/Enrol';
import { codeFromSquare } from '../model/code';
import { canScan, scan } from '../scanner';
import { demoCode, demoVolunteers, isDemo, nowByDoor } from './demo-door';
import { enrolWords } from './enrol-words';

export interface EnrolPageProps {
  initialCode: string;
  onEnrolled: () => void;
  /** back to whoever uses this phone already */
  onCancel: (() => void) | null;
}

export function EnrolPage(props: EnrolPageProps): JSX.Element {
  let chosen = false;
  const [code, setCode] = createSignal(props.initialCode);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [scanning, setScanning] = createSignal(false);
  const [scannable] = createResource(canScan);
  const [demo] = createResource(isDemo);
  const [others] = createResource(
    () => demo.latest === true,
    () => demoVolunteers(),
  );

  const take = async (): Promise<void> => {
    const strange = strangeIn(code());
    if (!complete(code())) return void setProblem(t('field.codeShort', { n: CODE_LENGTH - code().length }));
    if (strange !== null) return void setProblem(t('field.codeStrange', { letter: strange }));
    setProblem(null);
    setBusy(true);
    try {
      const { user } = await enrol(code(), { language: language() });
      if (!chosen) await speak(user.language).catch(() => undefined); // as the county knows her, unless she chose here
      props.onEnrolled();
    } catch (cause) {
      setProblem(enrolWords(cause));
    } finally {
      setBusy(false);
    }
  };

  /** null: as the demo's own volunteer */
  const tryDemo = async (user: string | null): Promise<void> => {
    setBusy(true);
    const given = await demoCode(user);
    setBusy(false);
    if (given === null) return void setProblem(t('field.demoGone'));
    setCode(given);
    if (user === null) nowByDoor();
    await take();
  };

  // from the demo page, where somebody only wants to see it
  onMount(() => {
    if (new URLSearchParams(location.search).has('try') && props.onCancel === null) void tryDemo(null);
  });

  return (
    <Enrol
      code={code()}
      busy={busy()}
      problem={problem()}
      language={language()}
      canScan={scannable.latest === true}
      demo={demo.latest === true}
      scanner={
        scanning() ? (
          <Camera
            onCode={(found) => {
              setScanning(false);
              setCode(found);
              void take();
            }}
            onNoCamera={() => {
              setScanning(false);
              setProblem(t('field.scanNoCamera'));
            }}
          />
        ) : null
      }
      onLanguage={(next) => {
        chosen = true;
        void speak(next).catch(() => undefined);
      }}
      onCancel={props.onCancel}
      onCode={(next) => {
        setCode(next);
        setProblem(null);
      }}
      onScan={() => {
        setProblem(null);
        setScanning(!scanning());
      }}
      others={others.latest ?? []}
      onDemo={(user) => {
        if (!busy()) void tryDemo(user);
      }}
      onEnrol={() => {
        if (!busy()) void take();
      }}
    />
  );
}

function Camera(props: { onCode: (code: string) => void; onNoCamera: () => void }): JSX.Element {
  let video!: HTMLVideoElement;
  const [other, setOther] = createSignal(false);
  onMount(() => {
    onCleanup(
      scan(video, {
        formats: ['qr_code'],
        onSeen(text) {
          const code = codeFromSquare(text);
          if (code === null) setOther(true);
          else props.onCode(code);
          return code !== null;
        },
        onNoCamera: () => props.onNoCamera(),
      }),
    );
  });
  return (
    <div class="scanner">
      <h1 class="title">{t('field.scanTitle')}</h1>
      <video ref={video} muted playsinline aria-label={t('field.scanTitle')} />
      <Show when={other()}>
        <p class="cap" role="status">
          {t('field.scanOther')}
        </p>
      </Show>
    </div>
  );
}

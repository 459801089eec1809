/** Phone and desk side by side over one server, the switch 断网, and four lines that tick themselves off. */
import { createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { language, setLanguage, t } from '../i18n';
import { Button, Dot, Icon, Loading, Mark } from '../ui';
import { Frame } from './Frame';
import { advance, type Done, NOTHING_DONE, type Step, steps, turn } from './steps';
import { look, seatTheSupervisor, switchNetwork } from './watching';

const ASK_EVERY_MS = 1000;

type Opening = 'opening' | 'open' | 'no-demo' | 'no-answer';

export function Stage(): JSX.Element {
  const [opening, setOpening] = createSignal<Opening>('opening');
  const [done, setDone] = createSignal<Done>(NOTHING_DONE);
  const [cut, setCut] = createSignal(false);
  const [phone, setPhone] = createSignal<HTMLIFrameElement>();
  const since = new Date().toISOString();

  const open = async (): Promise<void> => {
    setOpening('opening');
    const seated = await seatTheSupervisor().catch(() => null);
    setOpening(seated === null ? 'no-answer' : seated ? 'open' : 'no-demo');
  };
  const watch = async (): Promise<void> => {
    const seen = await look(since, phone()).catch(() => null);
    if (seen === null) return;
    setCut(seen.cut);
    setDone((before) => advance(before, seen));
  };
  const turnOver = async (): Promise<void> => {
    const now = await switchNetwork(!cut()).catch(() => null);
    if (now !== null) setCut(now.cut);
    await watch();
  };

  onMount(() => {
    void open();
    const timer = setInterval(() => void watch(), ASK_EVERY_MS);
    onCleanup(() => clearInterval(timer));
  });

  return (
    <div class="stage">
      <header>
        <div class="who">
          <Mark bare />
          <div>
            <b>{t('ui.appName')}</b>
            <p>
              {t('demo.motto')}
              <Dot />
              {t('demo.invented')}
            </p>
          </div>
        </div>
        <ol class="lines" aria-label={t('demo.lines')}>
          <For each={steps}>
            {(step, index) => <Line step={step} number={index() + 1} done={done()[step]} now={turn(done()) === step} />}
          </For>
        </ol>
        <NetSwitch
          cut={cut()}
          wanted={['cut', 'restore'].includes(turn(done()) ?? '')}
          onTurn={() => void turnOver()}
        />
        <button type="button" class="tongue" onClick={() => speak(language() === 'zh' ? 'en' : 'zh')}>
          {language() === 'zh' ? 'English' : '中文'}
        </button>
      </header>
      <p class="narrow">
        {t('demo.narrow')} <a href="/">{t('demo.justPhone')}</a>
      </p>
      <main>
        <Show when={opening() === 'open'} fallback={<NotOpen opening={opening()} onAgain={() => void open()} />}>
          <Frame
            look="phone"
            icon="smartphone"
            label={t('demo.phone')}
            whose={t('demo.phoneWhose')}
            src="/?try"
            width={360}
            height={740}
            frameRef={setPhone}
          />
          <Frame
            look="desk"
            icon="monitor"
            label={t('demo.desk')}
            whose={t('demo.deskWhose')}
            src="/desk"
            width={1366}
            height={768}
          />
        </Show>
      </main>
      <p class="said" role="status">
        {turn(done()) === null ? t('demo.allDone') : ''}
      </p>
    </div>
  );
}

function Line(props: { step: Step; number: number; done: boolean; now: boolean }): JSX.Element {
  return (
    <li classList={{ done: props.done, now: props.now }} aria-current={props.now ? 'step' : undefined}>
      <span class="no">
        <Show when={props.done} fallback={props.number}>
          <Icon name="check" label={t('demo.done')} />
        </Show>
      </span>
      <div>
        <b>{t(`demo.${props.step}`)}</b>
        <small>{t(`demo.${props.step}Text`)}</small>
      </div>
    </li>
  );
}

/** The frames find the choice in this browser when they open again; what is half-done in them is kept by themselves. */
function speak(next: 'zh' | 'en'): void {
  setLanguage(next);
  for (const frame of document.querySelectorAll('iframe')) frame.contentWindow?.location.reload();
}

function NetSwitch(props: { cut: boolean; wanted: boolean; onTurn: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="net"
      classList={{ wanted: props.wanted }}
      role="switch"
      aria-checked={props.cut}
      onClick={() => props.onTurn()}
    >
      <span class="track">
        <span class="knob">
          <Icon name={props.cut ? 'cloud-off' : 'wifi'} />
        </span>
      </span>
      {t('demo.switch')}
      <span aria-hidden="true">{props.cut ? t('demo.on') : t('demo.off')}</span>
    </button>
  );
}

function NotOpen(props: { opening: Opening; onAgain: () => void }): JSX.Element {
  return (
    <Show when={props.opening !== 'opening'} fallback={<Loading />}>
      <div class="not-open" role="alert">
        <p>{props.opening === 'no-demo' ? t('demo.noDemo') : t('demo.noAnswer')}</p>
        <Button icon="refresh-cw" onClick={() => props.onAgain()}>
          {t('demo.again')}
        </Button>
      </div>
    </Show>
  );
}

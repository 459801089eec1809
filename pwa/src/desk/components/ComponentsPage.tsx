/**
 * Every component that phone and desk share, in one place, in demo mode: at the sizes of either, light or dark, at each
 * text size. Whoever builds a screen looks here first.
 */
import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import '../../i18n/areas/components';
import { t } from '../../i18n';
import {
  Bar,
  Button,
  Card,
  Chip,
  Choices,
  Dialog,
  Empty,
  Icon,
  List,
  Row,
  Segments,
  Sheet,
  setTextStep,
  setTheme,
  states,
  Steps,
  TextArea,
  TextField,
  textStep,
  textSteps,
  theme,
  toast,
} from '../../ui';
import { DeskBar } from '../Shell';
import './components.css';

type Place = 'phone' | 'desk';

export default function ComponentsPage(): JSX.Element {
  return (
    <>
      <DeskBar title={t('components.title')} />
      <main class="components">
        <p class="muted">{t('components.note')}</p>
        <Turns />
        <Buttons />
        <Boxes />
        <Choosing />
        <section>
          <h2>{t('components.states')}</h2>
          <p class="flow">
            <For each={states}>{(state) => <Chip state={state} />}</For>
          </p>
        </section>
        <Lists />
        <Openings />
        <section>
          <h2>{t('components.progress')}</h2>
          <Steps step={3} of={9} />
          <Bar done={6} of={10} label={t('components.bytes')} />
        </section>
        <section>
          <h2>{t('components.emptyOnes')}</h2>
          <Empty title={t('components.allDone')}>{t('components.rest')}</Empty>
        </section>
      </main>
    </>
  );
}

/** The sizes of the place stand on <html>; they go back to the desk's when one leaves. */
function Turns(): JSX.Element {
  const root = document.documentElement;
  const before = textStep();
  const [place, setPlace] = createSignal<Place>('desk');
  const turn = (next: Place) => {
    root.dataset.place = next;
    setPlace(next);
  };
  onCleanup(() => {
    root.dataset.place = 'desk';
    setTextStep(before);
  });
  return (
    <section class="turns">
      <Segments
        label={t('components.place')}
        options={[
          { value: 'desk', label: t('components.asDesk') },
          { value: 'phone', label: t('components.asPhone') },
        ]}
        chosen={place()}
        onChoose={turn}
      />
      <Segments
        label={t('components.text')}
        options={textSteps.map((step) => ({ value: step, label: step }))}
        chosen={textStep()}
        onChoose={setTextStep}
      />
      <Segments
        label={t('components.look')}
        options={[
          { value: 'light', label: t('components.light') },
          { value: 'dark', label: t('components.dark') },
        ]}
        chosen={theme()}
        onChoose={setTheme}
      />
    </section>
  );
}

function Buttons(): JSX.Element {
  return (
    <section>
      <h2>{t('components.buttons')}</h2>
      <div class="flow">
        <Button kind="main" icon="check">
          {t('components.main')}
        </Button>
        <Button icon="arrow-left">{t('components.line')}</Button>
        <Button kind="bare" icon="image">
          {t('components.bare')}
        </Button>
        <Button kind="sos" icon="phone">
          {t('components.sos')}
        </Button>
        <Button icon="send" busy>
          {t('components.busy')}
        </Button>
        <Button small icon="undo-2">
          {t('ui.undo')}
        </Button>
      </div>
    </section>
  );
}

function Boxes(): JSX.Element {
  const [name, setName] = createSignal('');
  const [degrees, setDegrees] = createSignal('200');
  const [note, setNote] = createSignal('');
  return (
    <section>
      <h2>{t('components.fields')}</h2>
      <TextField label={t('components.name')} hint={t('components.nameHint')} value={name()} onInput={setName} />
      <TextField
        label={t('components.temperature')}
        unit="℃"
        inputmode="decimal"
        value={degrees()}
        error={Math.abs(Number(degrees()) - 15) > 25 ? t('components.wrong') : undefined}
        onInput={setDegrees}
      />
      <TextArea label={t('components.note_')} value={note()} onInput={setNote} />
    </section>
  );
}

function Choosing(): JSX.Element {
  const [one, setOne] = createSignal<string[]>([]);
  const [many, setMany] = createSignal<string[]>(['meal']);
  return (
    <section>
      <h2>{t('components.choices')}</h2>
      <Choices
        label={t('components.one')}
        options={[
          { value: 'well', label: t('components.well') },
          { value: 'little', label: t('components.little') },
        ]}
        chosen={one()}
        onChoose={setOne}
      />
      <Choices
        label={t('components.many')}
        many
        options={[
          { value: 'meal', label: t('components.meal') },
          { value: 'wash', label: t('components.wash') },
        ]}
        chosen={many()}
        onChoose={setMany}
      />
    </section>
  );
}

function Lists(): JSX.Element {
  const person = () => ({ name: t('components.person'), small: '82', cap: t('components.address') });
  return (
    <section>
      <h2>{t('components.cards')}</h2>
      <List label={t('components.cards')}>
        <Row ring="overdue" {...person()} end={t('components.missed')} urgent />
        <Row ring="due" {...person()} end={t('components.met')} />
        <Row ring="draft" {...person()} end={t('ui.draft')} />
        <Row ring="done" {...person()} end={t('ui.received')} />
      </List>
      <Card class="pad">
        <p class="line">
          <Icon name="info" />
          {t('components.explained')}
        </p>
      </Card>
    </section>
  );
}

function Openings(): JSX.Element {
  const [open, setOpen] = createSignal<'sheet' | 'dialog' | null>(null);
  const close = () => setOpen(null);
  const foot = () => (
    <>
      <Button onClick={close}>{t('components.no')}</Button>
      <Button kind="main" onClick={close}>
        {t('components.yes')}
      </Button>
    </>
  );
  return (
    <section>
      <h2>{t('components.sheets')}</h2>
      <div class="flow">
        <Button onClick={() => setOpen('sheet')}>{t('components.sheet')}</Button>
        <Button onClick={() => setOpen('dialog')}>{t('components.dialog')}</Button>
        <Button onClick={() => toast(t('components.toasted'), { undo: () => void toast(t('components.undone')) })}>
          {t('components.toast')}
        </Button>
      </div>
      <Show when={open() === 'sheet'}>
        <Sheet title={t('components.question')} onClose={close} foot={foot()}>
          <p>{t('components.explained')}</p>
        </Sheet>
      </Show>
      <Show when={open() === 'dialog'}>
        <Dialog title={t('components.question')} onClose={close} foot={foot()}>
          <p>{t('components.explained')}</p>
        </Dialog>
      </Show>
    </section>
  );
}

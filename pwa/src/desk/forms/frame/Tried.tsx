/** A form as it is on a phone, to be tried out: the real renderer, invented rows, and nothing kept. */
import { createResource, createSignal, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import { type Filling, FormPages, FormProblem, openForm } from '../../../forms';
import { inWords, t } from '../../../i18n';
import { Button, FieldError, Icon, Loading, Sheet, TopBar } from '../../../ui';
import { csvRows } from '../csv';
import { createHost } from './host';
import type { TryForm } from './messages';

export function Tried(props: { form: TryForm }): JSX.Element {
  /** which time it is filled in */
  const [time, setTime] = createSignal(1);
  const [done, setDone] = createSignal(false);
  const again = () => {
    setDone(false);
    setTime(time() + 1);
  };
  return (
    <div class="screen">
      <TopBar title={inWords(props.form.title)} />
      <Show when={!done()} fallback={<Done onAgain={again} />}>
        <Show when={time()} keyed>
          {(_time) => <Once form={props.form} onDone={() => setDone(true)} />}
        </Show>
      </Show>
    </div>
  );
}

function Once(props: { form: TryForm; onDone: () => void }): JSX.Element {
  const host = createHost();
  const [opened] = createResource(() => open(props.form));
  onCleanup(() => opened.state === 'ready' && opened().dispose());
  const trouble = () => (opened.error instanceof FormProblem ? opened.error.words : String(opened.error));
  return (
    <>
      <Switch fallback={<Loading />}>
        <Match when={opened.error !== undefined}>
          <main role="alert">
            <FieldError words={trouble()} />
          </main>
        </Match>
        <Match when={opened.state === 'ready' && opened()}>
          {(filling) => (
            <FormPages
              filling={filling()}
              mode={props.form.onePage ? 'one-page' : 'question'}
              attachments={host}
              onFinish={() => props.onDone()}
            />
          )}
        </Match>
      </Switch>
      <Show when={host.large()}>
        {(large) => (
          <Sheet
            title={large().name}
            onClose={() => host.closeLarge()}
            foot={<Button onClick={() => host.closeLarge()}>{t('ui.close')}</Button>}
          >
            <img class="try-large" src={large().url} alt={large().name} />
          </Sheet>
        )}
      </Show>
    </>
  );
}

function Done(props: { onAgain: () => void }): JSX.Element {
  return (
    <main class="try-done" role="status">
      <Icon name="circle-check-big" size="big" />
      <h2>{t('publish.tryDone')}</h2>
      <p>{t('publish.tryDoneNote')}</p>
      <Button kind="main" icon="rotate-ccw" onClick={() => props.onAgain()}>
        {t('publish.tryAgain')}
      </Button>
    </main>
  );
}

function open({ xform, lists, files, user }: TryForm): Promise<Filling> {
  return openForm({
    xform,
    files: ({ name }) => Promise.resolve(files.find((file) => file.name === name) ?? null),
    lists: (name) => Promise.resolve(csvRows(lists[name] ?? 'name,label\n')),
    user: { name: user, device: 'try' },
  });
}

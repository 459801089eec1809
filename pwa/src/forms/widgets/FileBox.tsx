/** A file from the phone: what may be one is said before; then its kind and size stand here, and it can be taken away. */
import { type JSX, Show } from 'solid-js';
import { formatBytes, t } from '../../i18n';
import { Button, Icon } from '../../ui';
import type { AttachmentHost } from '../attachments';
import { AnewOrAway } from './AnewOrAway';
import { Fieldset } from './Fieldset';
import { Held } from './Held';
import { createTaking } from './taking';
import type { WidgetProps } from './widget';

export function FileBox(props: WidgetProps): JSX.Element {
  let box!: HTMLElement;
  const taking = createTaking(props, 'file', () => box);
  return (
    <Fieldset class="attached" asked={props} error={props.error ?? taking.failed()} ref={(element) => (box = element)}>
      <Show when={taking.open()}>
        <p class="cap">{t('forms.fileHow')}</p>
      </Show>
      <Held asked={props} open={taking.open()} there={t('forms.fileThere')}>
        {(host, name, before) => <TheFile host={host()} name={name()} before={before} />}
      </Held>
      <Show when={taking.open()}>
        <Show
          when={props.value !== ''}
          fallback={
            <Button icon="clipboard-check" busy={taking.busy()} onClick={() => taking.take()}>
              {t('forms.chooseFile')}
            </Button>
          }
        >
          <AnewOrAway taking={taking} icon="clipboard-check" anew={t('forms.fileAnew')} onAnew={() => taking.take()} />
        </Show>
      </Show>
    </Fieldset>
  );
}

const KINDS = { image: 'forms.fileImage', audio: 'forms.fileAudio', video: 'forms.fileVideo' } as const;

function TheFile(props: { host: AttachmentHost; name: string; before: boolean }): JSX.Element {
  const view = () => props.host.view(props.name);
  const kind = () => {
    const half = view()?.type.split('/')[0] ?? '';
    return half in KINDS ? t(KINDS[half as keyof typeof KINDS]) : t('forms.filePdf');
  };
  return (
    <div class="recording">
      <Show when={props.before}>
        <p class="cap">{t('forms.photoBefore')}</p>
      </Show>
      <p class="told">
        <Icon name="clipboard-check" />
        <Show when={view()} fallback={t('forms.fileNotHere')}>
          {(file) => <span class="grow">{t('forms.fileSaid', { kind: kind(), size: formatBytes(file().bytes) })}</span>}
        </Show>
      </p>
      <Show when={view()?.words}>{(words) => <p class="cap">{words()}</p>}</Show>
    </div>
  );
}

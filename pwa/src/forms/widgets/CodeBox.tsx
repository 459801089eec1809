/**
 * A bar code or a QR code: read by the camera where the browser can, and always to be typed by hand. A reader of our own
 * would weigh 320 kB, more than the form engine, and on every phone.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Field } from '../../ui';
import { Label } from './Label';
import { typingOf } from './typing';
import type { WidgetProps } from './widget';

export function CodeBox(props: WidgetProps): JSX.Element {
  const typing = typingOf(props);
  const [busy, setBusy] = createSignal(false);
  const scan = async (): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    const code = await props.attachments?.scan(props.node.path).catch(() => null);
    setBusy(false);
    if (typeof code !== 'string') return;
    props.onAnswer(code);
    props.onEnd();
  };
  return (
    <div class="chosen-from">
      <Field
        label={<Label node={props.node} alone={props.alone} />}
        hint={props.node.hint || (props.attachments?.scans() ? t('forms.codeHow') : t('forms.codeByHand'))}
        error={props.error}
      >
        {(wired) => (
          <input
            {...wired}
            {...typing}
            class="grow"
            type="text"
            enterkeyhint="next"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-required={props.node.required}
          />
        )}
      </Field>
      <Show when={props.attachments?.scans()}>
        <Button icon="qr-code" busy={busy()} onClick={() => void scan()}>
          {props.value === '' ? t('forms.scanIt') : t('forms.scanAnew')}
        </Button>
      </Show>
    </div>
  );
}

/**
 * The door of the frame in which a form is tried out: a page of its own, because sheets, sizes, language and theme are
 * then the phone's, 360 px wide, and the desk round it keeps its own.
 */
import '../../../i18n/areas/forms';
import '../../../i18n/areas/publish';
import '../../../i18n/areas/ui';
import '../../../ui/styles.css';
import './frame.css';
import { createSignal, Show } from 'solid-js';
import { render } from 'solid-js/web';
import { speak } from '../../../i18n';
import { fromUs, type FromFrame, type ToFrame, type TryForm, type TryLook } from './messages';
import { Tried } from './Tried';

const root = document.documentElement;
root.dataset.place = 'phone';
const [form, setForm] = createSignal<TryForm | null>(null);

window.addEventListener('message', (event: MessageEvent<ToFrame>) => {
  if (!fromUs(event, window.parent)) return;
  const said = event.data;
  if (said.kind === 'form') setForm(said);
  if (said.kind === 'look') dress(said);
});

function dress({ language, theme, text }: TryLook): void {
  speak(language);
  root.dataset.text = text;
  if (theme === null) delete root.dataset.theme;
  else root.dataset.theme = theme;
}

const app = document.getElementById('app');
if (app !== null && window.parent !== window) {
  render(
    () => (
      <Show when={form()} keyed>
        {(shown) => <Tried form={shown} />}
      </Show>
    ),
    app,
  );
  const ready: FromFrame = 'ready';
  window.parent.postMessage(ready, location.origin);
}

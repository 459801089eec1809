/** All keys, in words. */
import { For, type JSX } from 'solid-js';
import { type Key, t } from '../../i18n';
import { Dialog } from '../../ui';

const keys: readonly [string, Extract<Key, `desk.key_${string}`>][] = [
  ['J', 'desk.key_next'],
  ['K', 'desk.key_previous'],
  ['A', 'desk.key_approve'],
  ['R', 'desk.key_giveBack'],
  ['S', 'desk.key_settle'],
  ['Z', 'desk.key_undo'],
  ['P', 'desk.key_enlarge'],
  ['D', 'desk.key_changed'],
  ['N', 'desk.key_note'],
  ['X', 'desk.key_mark'],
  ['/', 'desk.key_search'],
  ['Esc', 'desk.key_leave'],
  ['?', 'desk.key_keys'],
];

export function KeysDialog(props: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('desk.keys')} onClose={props.onClose}>
      <dl class="keylist">
        <For each={keys}>
          {([key, words]) => (
            <div>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(words)}</dd>
            </div>
          )}
        </For>
      </dl>
    </Dialog>
  );
}

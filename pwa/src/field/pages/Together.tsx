/** Who is there: the team by name, she herself among them, and how many others without a name. */
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Choice, Dot, Field, FieldError, Icon } from '../../ui';
import type { Companion } from '../model/work';
import '../parts/group.css';
import { Screen } from '../parts/Screen';

export interface TogetherProps {
  where: string;
  /** which work it is for */
  work: string;
  companions: readonly Companion[];
  /** users who are ticked, she herself among them */
  came: readonly string[];
  helpers: number;
  /** it was asked before: she comes back to the form */
  again: boolean;
  /** when she came, in words; null: she is past that */
  checkedIn: string | null;
  trouble: string | null;
  onDone: (came: readonly string[], helpers: number) => void;
  onBack: () => void;
}

/** More than the forms take is a slip of the finger. */
const MOST = 200;

export function Together(props: TogetherProps): JSX.Element {
  const name = createUniqueId();
  // eslint-disable-next-line solid/reactivity -- what stood there when the page opened
  const [came, setCame] = createSignal<readonly string[]>(props.came);
  // eslint-disable-next-line solid/reactivity
  const [typed, setTyped] = createSignal(String(props.helpers));
  const [wrong, setWrong] = createSignal(false);

  const most = () => MOST - came().length;
  const helpers = (): number | null => {
    const text = typed().trim();
    const number = text === '' ? 0 : /^\d{1,4}$/.test(text) ? Number(text) : null;
    return number === null || number > most() ? null : number;
  };
  const step = (by: number) => setTyped(String(Math.min(most(), Math.max(0, (helpers() ?? 0) + by))));
  const tick = (user: string, on: boolean) => setCame(on ? [...came(), user] : came().filter((each) => each !== user));
  const done = () => {
    const number = helpers();
    if (number === null) setWrong(true);
    else props.onDone(came(), number);
  };

  return (
    <Screen
      title={t('group.withTitle')}
      sub={
        <>
          {props.where}
          <span class="not-large">
            <Dot />
            {props.work}
          </span>
        </>
      }
      urgent
      onBack={() => props.onBack()}
      dock={
        <footer class="dock action">
          <p class="together" role="status" aria-live="polite">
            <Icon name="users" />
            <b>{t('group.total', { n: came().length + (helpers() ?? 0) })}</b>
          </p>
          <Button kind="main" onClick={done}>
            {props.again ? t('group.withDone') : t('group.goOn')}
          </Button>
        </footer>
      }
    >
      <Show when={props.checkedIn}>
        {(time) => (
          <p class="fact" role="status">
            <Icon name="check" />
            <span>
              {t('field.checkedIn', { time: time() })}
              <span class="not-large">{t('field.checkedInRest')}</span>
            </span>
          </p>
        )}
      </Show>
      <FieldError words={props.trouble ?? undefined} />
      <fieldset class="q">
        <legend class="label">{t('group.withAsk')}</legend>
        <div class="choices">
          <For each={props.companions}>
            {(each) => (
              <Show when={!each.me} fallback={<Me name={each.name} />}>
                <Choice
                  many
                  name={name}
                  value={each.user}
                  label={each.name}
                  checked={came().includes(each.user)}
                  onChange={(on) => tick(each.user, on)}
                />
              </Show>
            )}
          </For>
        </div>
      </fieldset>
      <Field
        label={t('group.helpers')}
        hint={t('group.helpersHint')}
        error={wrong() && helpers() === null ? t('group.helpersBad', { most: most() }) : undefined}
        end={
          <>
            <Step icon="minus" words={t('group.fewer')} onStep={() => step(-1)} />
            <Step icon="plus" words={t('group.more')} onStep={() => step(1)} />
          </>
        }
      >
        {(wired) => (
          <input
            {...wired}
            class="grow"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            value={typed()}
            onFocus={(event) => event.currentTarget.select()}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
    </Screen>
  );
}

/** She records it, so she is there: nothing to tap. */
function Me(props: { name: string }): JSX.Element {
  return (
    <p class="choice many on still">
      <span class="mark">
        <Icon name="check" />
      </span>
      <span class="grow">
        {props.name}
        <small class="cap">{t('group.me')}</small>
      </span>
    </p>
  );
}

function Step(props: { icon: 'minus' | 'plus'; words: string; onStep: () => void }): JSX.Element {
  return (
    <button type="button" class="round" aria-label={props.words} onClick={() => props.onStep()}>
      <Icon name={props.icon} />
    </button>
  );
}

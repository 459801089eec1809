/**
 * The form on screen: the bar says which form and about whom, the line that was known before can be changed, and a
 * phone that cannot save is told about in words until it can.
 */
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { type Finished, FormPages, type Preset, type Saving } from '../../forms';
import { formatTime, inWords, t } from '../../i18n';
import { Dot, Icon, TopBar } from '../../ui';
import type { Whom } from '../model/person';
import { AddressWords } from '../parts/AddressWords';
import { ChangeSheet } from '../parts/ChangeSheet';
import { SaveStrip } from '../parts/SaveStrip';
import { FocusedTitle, useShell } from '../parts/Screen';
import type { Session } from '../visit/session';
import { shortAddressWords } from '../words';
import { groupWords, type Together } from '../words-group';

export interface FillingProps {
  session: Session;
  whom: Whom;
  /** who came, where a team works together; null: it is about a person */
  group: Together | null;
  timeZone: string;
  /** a new version of the app is here, and waits for the end of this form */
  updateWaits: boolean;
  /** on the last button; left out: the visit ends with it */
  finishWords?: string;
  /** what is to be said below the bar: a photo that never came, a reviewer's words */
  above?: JSX.Element;
  onUrgent: () => void;
  onOtherPerson: () => void;
  onOtherPlace: () => void;
  onOthersThere: () => void;
  onBack: () => void;
  onFinish: (finished: Extract<Finished, { ok: true }>) => Promise<void>;
}

export function Filling(props: FillingProps): JSX.Element {
  const shell = useShell();
  const [changing, setChanging] = createSignal(false);
  const filling = () => props.session.filling;
  const head = () => props.session.head;
  const door = () => head().binds.door;

  /** The person stands in the bar; the door's answer, with the time of the tap, the place, and who is there, each in a line. */
  const presets = createMemo(() =>
    props.session.screen().preset.map(([path]): Preset => {
      if (path === head().binds.place && props.whom.name !== null)
        return { path, icon: 'map-pin', words: props.whom.name, onChange: () => props.onOtherPlace() };
      if (path === head().binds.volunteers && props.group !== null)
        return { path, icon: 'users', words: groupWords(props.group), onChange: () => props.onOthersThere() };
      if (path !== door()) return { path, words: null };
      return {
        path,
        icon: doorIcon(filling().get(path)),
        words: doorWords(path),
        onChange: () => setChanging(true),
      };
    }),
  );
  const endWords = () => {
    if (props.finishWords !== undefined) return { finishWords: props.finishWords };
    return props.session.edits ? { finishWords: t('visits.editDone') } : {};
  };
  function doorWords(path: string): string {
    const answer = filling().get(path);
    const label = filling()
      .question(path)
      ?.options.find((option) => option.value === answer)?.label;
    const time = formatTime(props.session.state().check_in.at.wall, props.timeZone);
    return label === undefined ? time : t('field.told', { what: label, time });
  }

  return (
    <div class="screen">
      <TopBar
        title={<FocusedTitle>{inWords(head().title)}</FocusedTitle>}
        sub={<WhomLine whom={props.whom} />}
        demo={shell.demo()}
        onBack={() => props.onBack()}
        onUrgent={() => props.onUrgent()}
      />
      <Show when={props.updateWaits}>
        <p class="strip" role="status">
          <Icon name="info" size="sm" />
          {t('field.updateWaits')}
        </p>
      </Show>
      <SaveStrip save={props.session.save} />
      {props.above}
      <FormPages
        filling={filling()}
        mode={head().one_page ? 'one-page' : 'question'}
        preset={presets()}
        step={props.session.screen().step}
        onStep={(step) => props.session.stepTo(step)}
        attachments={props.session.attachments.host}
        {...endWords()}
        saving={savingWord(props.session.save.saving().at)}
        onFinish={(finished) => props.onFinish(finished)}
      />
      <Show when={changing() && door()}>
        {(path) => (
          <ChangeSheet
            filling={filling()}
            path={path()}
            onClose={() => setChanging(false)}
            onPerson={() => props.onOtherPerson()}
            onChange={(answer) => {
              setChanging(false);
              filling().set(path(), answer);
            }}
          />
        )}
      </Show>
    </div>
  );
}

function WhomLine(props: { whom: Whom }): JSX.Element {
  return (
    <>
      {props.whom.name}
      <Show when={props.whom.address}>
        {(address) => (
          <span class="not-large">
            <Dot />
            <AddressWords words={shortAddressWords(address())} />
          </span>
        )}
      </Show>
    </>
  );
}

function savingWord(at: ReturnType<Session['save']['saving']>['at']): Saving {
  return at === 'elsewhere' ? 'failed' : at;
}

function doorIcon(answer: string): 'phone' | 'door-open' | 'door-closed' {
  if (answer === 'phone' || answer === 'no_answer') return 'phone';
  return answer === 'opened' || answer === 'seen' || answer === 'came' ? 'door-open' : 'door-closed';
}

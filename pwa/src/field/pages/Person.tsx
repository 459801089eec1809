/**
 * A person, at the door. The tap that opened this page is the check-in; the three buttons weigh the same and each makes
 * a record. 没见到 asks which one with the form's own choices, so that nothing is guessed.
 */
import '../parts/door.css';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { type Both, formatDay, inWords, t } from '../../i18n';
import { Button, Card, Icon } from '../../ui';
import { DoorButton } from '../parts/DoorButton';
import { type NotMetChoice, NotMetSheet } from '../parts/NotMetSheet';
import { Screen } from '../parts/Screen';
import { WhichTeam } from '../parts/WhichTeam';
import { CallLine, type PersonView, WhoCard } from '../parts/WhoCard';

export interface DraftLine {
  readonly visit: string;
  readonly form: string;
  readonly day: string;
  readonly time: string;
}

export interface OneForm {
  readonly form: string;
  readonly title: Both;
}

/** What can be recorded here (`more`: seldom, in a line below): by three buttons, or by choosing a form where a programme has no door question. */
export type Ways =
  | { at: 'doors'; notMet: readonly NotMetChoice[]; brief: Both | null; more: readonly OneForm[] }
  | { at: 'forms'; forms: readonly OneForm[]; more: readonly OneForm[] }
  | { at: 'reading' }
  | { at: 'none' }
  | { at: 'read-only' };

export type DoorAnswer = { at: 'seen' } | { at: 'phone' } | { at: 'brief' } | { at: 'not-met'; answer: string };

export interface PersonProps {
  person: PersonView;
  /** a matter, or somebody of a list of its own: followed, not visited */
  matter: boolean;
  ways: Ways;
  /** her teams that may serve this person; asked only when there is more than one */
  teams: readonly { readonly id: string; readonly name: Both }[];
  team: string | null;
  drafts: readonly DraftLine[];
  /** the matter is done; `slip`: her own visit that said so, while she may still change it */
  done: { readonly slip: string | null } | null;
  /** the check-in line, or the fields of 补记 */
  when: JSX.Element;
  trouble: string | null;
  onBack: () => void;
  onTeam: (team: string) => void;
  onDraft: (visit: string) => void;
  onSlip: (visit: string) => void;
  onDoor: (answer: DoorAnswer) => void;
  onForm: (form: string) => void;
  /** false: something is still missing, and the page has said so */
  mayGo: () => boolean;
}

/** So many buttons are in sight together on a small phone. */
const FIT = 3;

export function Person(props: PersonProps): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const doors = () => (props.ways.at === 'doors' ? props.ways : null);
  const forms = () => (props.ways.at === 'forms' ? props.ways.forms : []);
  const more = () => (props.ways.at === 'doors' || props.ways.at === 'forms' ? props.ways.more : []);
  const go = (answer: DoorAnswer) => {
    if (props.mayGo()) props.onDoor(answer);
  };
  return (
    <Screen
      title={t(props.matter ? 'field.matterTitle' : 'field.visitTitle')}
      onBack={props.onBack}
      urgent
      class="person"
    >
      <WhoCard person={props.person} />
      <For each={props.drafts}>
        {(draft) => (
          <Card class="pad going-on">
            <p class="fact body">
              <Icon name="pencil-line" />
              <span>{t('field.draftHere', draft)}</span>
            </p>
            <Button kind="main" onClick={() => props.onDraft(draft.visit)}>
              {t('field.continueDraft')}
            </Button>
          </Card>
        )}
      </For>
      <Show when={props.done}>
        {(done) => (
          <Card class="pad going-on">
            <p class="fact body">
              <Icon name="circle-check-big" />
              <span>
                <b>{t('visits.closedHere')}</b>
                <br />
                {t('visits.closedAgain')}
              </span>
            </p>
            <Show when={done().slip}>
              {(visit) => <Button onClick={() => props.onSlip(visit())}>{t('visits.closedSlip')}</Button>}
            </Show>
          </Card>
        )}
      </Show>
      <Show when={props.person.last}>
        {(last) => (
          <p class="fact not-large pad4">
            <Icon name="calendar-check" />
            <span>
              {t('field.lastTime', { day: formatDay(last().day, props.person.today), form: inWords(last().form) })}
            </span>
          </p>
        )}
      </Show>
      {props.when}
      <WhichTeam teams={props.teams} team={props.team} onTeam={props.onTeam} />
      <Show when={props.trouble}>
        <p class="emsg" role="alert">
          <Icon name="circle-alert" size="sm" />
          <span>{props.trouble}</span>
        </p>
      </Show>
      <Switch>
        <Match when={doors()}>
          {(ways) => (
            <>
              <section class="door-dock stays" aria-labelledby="door-ask">
                <h2 class="ask-line" id="door-ask">
                  {t('field.doorAsk')}
                </h2>
                <div class="door">
                  <DoorButton
                    icon="door-open"
                    title={t('field.doorSeen')}
                    hint={t('field.doorSeenHint')}
                    onTap={() => go({ at: 'seen' })}
                  />
                  <DoorButton
                    icon="door-closed"
                    title={t('field.doorNotMet')}
                    hint={t('field.doorNotMetHint')}
                    onTap={() => {
                      if (props.mayGo()) setAsking(true);
                    }}
                  />
                  <DoorButton
                    icon="phone"
                    title={t('field.doorPhone')}
                    hint={t('field.doorPhoneHint')}
                    onTap={() => go({ at: 'phone' })}
                  />
                </div>
              </section>
              <Show when={ways().brief}>
                {(form) => (
                  <Button kind="bare" onClick={() => go({ at: 'brief' })}>
                    {t('field.doorBrief', { form: inWords(form()) })}
                  </Button>
                )}
              </Show>
            </>
          )}
        </Match>
        <Match when={forms().length > 0}>
          <section class="door-dock" classList={{ stays: forms().length <= FIT }} aria-labelledby="what-ask">
            <h2 class="ask-line" id="what-ask">
              {t('field.whatAsk')}
            </h2>
            <div class="door">
              <For each={forms()}>
                {(each) => (
                  <DoorButton
                    icon="clipboard-check"
                    title={inWords(each.title)}
                    onTap={() => {
                      if (props.mayGo()) props.onForm(each.form);
                    }}
                  />
                )}
              </For>
            </div>
          </section>
        </Match>
        <Match when={props.ways.at === 'read-only'}>
          <p class="fact center">
            <Icon name="lock" />
            <span>{t('field.readOnly')}</span>
          </p>
        </Match>
        <Match when={props.ways.at === 'none'}>
          <p class="fact center">
            <Icon name="cloud-off" />
            <span>{t('field.formNotHere')}</span>
          </p>
        </Match>
      </Switch>
      <Show when={more().length > 0}>
        <section class="stack" aria-label={t('field.elseAsk')}>
          <p class="cap pad4">{t('field.elseAsk')}</p>
          <For each={more()}>
            {(each) => (
              <Button
                icon="pencil-line"
                onClick={() => {
                  if (props.mayGo()) props.onForm(each.form);
                }}
              >
                {inWords(each.title)}
              </Button>
            )}
          </For>
        </section>
      </Show>
      <Show when={props.person.phone}>{(phone) => <CallLine phone={phone()} class="only-large" />}</Show>
      <Show when={asking()}>
        <NotMetSheet
          choices={doors()?.notMet ?? []}
          onClose={() => setAsking(false)}
          onChoose={(answer) => {
            setAsking(false);
            props.onDoor({ at: 'not-met', answer });
          }}
        />
      </Show>
    </Screen>
  );
}

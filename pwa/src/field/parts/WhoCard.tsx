/** Who it is, where, and how the last seven days went. Shown before anything is asked. */
import { For, type JSX, Show } from 'solid-js';
import { type Both, t } from '../../i18n';
import { Card, Dot, Icon } from '../../ui';
import type { Address } from '../model/address';
import type { DayCircle } from '../model/week';
import { AddressWords } from './AddressWords';
import { ageWords, longAddressWords, missedWords } from '../words';
import { Week } from './Week';

export interface PersonView {
  readonly name: string;
  readonly age: number | null;
  readonly living: string | null;
  readonly sex: string | null;
  readonly address: Address;
  readonly phone: string | null;
  /** how to make contact, in the person's own words */
  readonly reach: string | null;
  readonly week: readonly DayCircle[] | null;
  /** days without contact up to yesterday; null: not overdue */
  readonly missed: { readonly days: number | null } | null;
  readonly last: { readonly day: string; readonly form: Both } | null;
  readonly today: string;
}

export function WhoCard(props: { person: PersonView }): JSX.Element {
  const beside = () =>
    [ageWords(props.person.age), livingWords(props.person.living)].filter((words) => words !== undefined);
  const first = () => {
    const missed = missedWords(props.person.missed?.days ?? null);
    if (props.person.sex === 'f') return t('field.firstHer', { missed });
    return props.person.sex === 'm' ? t('field.firstHim', { missed }) : t('field.firstThem', { missed });
  };
  return (
    <Card class="who-card">
      <p class="display">
        {props.person.name}{' '}
        <span class="cap">
          <For each={beside()}>
            {(words, index) => (
              <>
                <Show when={index() > 0}>{<Dot />}</Show>
                {words}
              </>
            )}
          </For>
        </span>
      </p>
      <p class="fact body">
        <Icon name="map-pin" />
        <span>
          <AddressWords words={longAddressWords(props.person.address)} />
        </span>
      </p>
      <Show when={props.person.reach}>
        {(reach) => (
          <p class="fact body">
            <Icon name="shield-check" />
            <span>{t('field.reach', { words: reach() })}</span>
          </p>
        )}
      </Show>
      <Show when={props.person.phone}>{(phone) => <CallLine phone={phone()} class="not-large" />}</Show>
      <Show when={props.person.week}>
        {(week) => (
          <div class="not-large">
            <Week days={week()} today={props.person.today} />
          </div>
        )}
      </Show>
      <Show when={props.person.missed}>
        <p class="fact red">
          <Icon name="clock-alert" />
          <b>{first()}</b>
        </p>
      </Show>
    </Card>
  );
}

/** Looks like a line, is 48 px to the finger. At the largest text it stands below the buttons of the door. */
export function CallLine(props: { phone: string; class: string }): JSX.Element {
  return (
    <a class={`fact body call ${props.class}`} href={`tel:${props.phone}`}>
      <Icon name="phone" />
      <span>
        {t('field.call')} <span class="nowrap">{props.phone}</span>
      </span>
    </a>
  );
}

function livingWords(living: string | null): string | undefined {
  switch (living) {
    case 'alone':
    case 'spouse':
    case 'family':
    case 'carer':
    case 'senior_home':
      return t(`field.living_${living}`);
    case null:
    default:
      return undefined;
  }
}

/**
 * Today answers three questions: who is due, what is half-done, what has not reached the county and why. Nothing here
 * moves by itself except the order of people.
 */
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import { t } from '../../i18n';
import { ArtHome, Button, Chip, DemoTag, Dot, Empty, Icon, List, UrgentButton, type Where } from '../../ui';
import { isOpen } from '../model/right-word';
import { type PersonLine, PersonRow } from '../parts/PersonRow';
import { FocusedTitle, useShell } from '../parts/Screen';
import { TopDock } from '../parts/TopDock';
import { todayTitle } from '../words';

export interface ReturnedLine {
  readonly visit: string;
  readonly name: string;
  readonly form: string;
  readonly by: string | null;
  /** how many answers are asked about; 0: words about the whole visit */
  readonly places: number;
  /** by which day, in words */
  readonly day: string | null;
  /** she has begun to mend it */
  readonly begun: boolean;
}

export interface HomeView {
  readonly today: string;
  readonly people: readonly PersonLine[];
  readonly returned: readonly ReturnedLine[];
  /** notices that she has not seen */
  readonly news: number;
  readonly where: Where;
  /** null: the first list has not come yet; `offline` says why */
  readonly fetched: boolean;
  readonly offline: boolean;
  /** forms of her teams that have not come yet: until then she needs the network to begin one of them */
  readonly formsMissing: number;
}

export interface HomeProps {
  view: HomeView;
  onPerson: (person: PersonLine) => void;
  onReturned: (visit: string) => void;
  onSent: () => void;
  onNews: () => void;
  onNew: () => void;
}

export function Home(props: HomeProps): JSX.Element {
  const due = () => props.view.people.filter((person) => person.daily);
  const open = () => due().filter((person) => person.stands !== null && isOpen(person.stands));
  const done = () => due().filter((person) => person.stands !== null && !isOpen(person.stands));
  const others = () => props.view.people.filter((person) => !person.daily);
  return (
    <div class="screen">
      <Hello today={props.view.today} />
      <main>
        <For each={props.view.returned}>
          {(line) => <ReturnedCard line={line} onOpen={() => props.onReturned(line.visit)} />}
        </For>
        <Show when={props.view.news > 0 && props.view.news}>
          {(n) => (
            <button type="button" class="news" onClick={() => props.onNews()}>
              <Icon name="bell" size="sm" />
              <span class="grow">{t('field.newsFor', { n: n() })}</span>
              <Icon name="chevron-right" size="sm" />
            </button>
          )}
        </Show>
        <Switch>
          <Match when={!props.view.fetched && props.view.people.length === 0}>
            <p class="fact center loading" role="status">
              <Icon name={props.view.offline ? 'cloud-off' : 'refresh-cw'} />
              <span>{props.view.offline ? t('field.fetchingOffline') : t('field.fetching')}</span>
            </p>
          </Match>
          <Match when={props.view.people.length === 0}>
            <Empty
              title={t('field.noPairs')}
              action={
                <Button small icon="plus" onClick={() => props.onNew()}>
                  {t('field.goRecord')}
                </Button>
              }
            >
              {t('field.noPairsText')}
            </Empty>
          </Match>
          <Match when={open().length === 0 && done().length > 0}>
            <Empty
              title={t('field.allDone', { n: done().length })}
              action={
                <Button small icon="clipboard-check" onClick={() => props.onSent()}>
                  {t('field.seeToday')}
                </Button>
              }
            >
              {t('field.allDoneText')}
            </Empty>
          </Match>
        </Switch>
        <Show when={open().length > 0}>
          <div class="group">
            <h2>{t('field.todayDue', { n: open().length })}</h2>
            <Show when={done().length > 0}>
              <span class="cap nowrap not-large">{t('field.todayDone', { n: done().length })}</span>
            </Show>
          </div>
          <People people={open()} label={t('field.listDue')} today={props.view.today} onPerson={props.onPerson} />
        </Show>
        <Show when={done().length > 0}>
          <div class="group">
            <h2>{t('field.listDone')}</h2>
          </div>
          <People people={done()} label={t('field.listDone')} today={props.view.today} onPerson={props.onPerson} />
        </Show>
        <Show when={others().length > 0}>
          <div class="group">
            <h2>{t('field.listOthers')}</h2>
          </div>
          <People people={others()} label={t('field.listOthers')} today={props.view.today} onPerson={props.onPerson} />
        </Show>
        {/* last, so that nothing moves when it goes */}
        <Show when={props.view.formsMissing > 0}>
          <p class="fact center" role="status">
            <Icon name={props.view.offline ? 'cloud-off' : 'refresh-cw'} />
            <span>
              {t(props.view.offline ? 'field.formsMissing' : 'field.formsComing', { n: props.view.formsMissing })}
            </span>
          </p>
        </Show>
      </main>
      <TopDock where={props.view.where} current="/" onWhere={() => props.onSent()} />
    </div>
  );
}

function Hello(props: { today: string }): JSX.Element {
  const shell = useShell();
  const title = () => todayTitle(props.today);
  return (
    <header class="hello">
      <ArtHome />
      <div class="row">
        <div class="grow">
          <h1>
            <FocusedTitle>
              <span class="not-large">{t('field.dayTitle', title())}</span>
              <span class="only-large">{title().day}</span>
            </FocusedTitle>
          </h1>
          <p class="cap">
            <span class="only-large">{title().weekday} </span>
            <Show when={shell.demo()}>{<DemoTag />}</Show>
          </p>
        </div>
        <UrgentButton onClick={shell.onUrgent} />
      </div>
    </header>
  );
}

function People(props: {
  people: readonly PersonLine[];
  label: string;
  today: string;
  onPerson: (person: PersonLine) => void;
}): JSX.Element {
  return (
    <List label={props.label}>
      <For each={props.people}>
        {(person) => <PersonRow person={person} today={props.today} onOpen={() => props.onPerson(person)} />}
      </For>
    </List>
  );
}

function ReturnedCard(props: { line: ReturnedLine; onOpen: () => void }): JSX.Element {
  return (
    <button type="button" class="todo" onClick={() => props.onOpen()}>
      <span class="grow">
        <Chip state="returned" />
        <span class="who line">
          {props.line.name}
          <Dot />
          {props.line.form}
        </span>
        <span class="cap line">{askedWords(props.line)}</span>
      </span>
      <span class="go not-large">{props.line.begun ? t('field.returnedGoOn') : t('field.returnedLook')}</span>
      <span class="only-large">
        <Icon name="chevron-right" />
      </span>
    </button>
  );
}

/** 补 2 处，11月26日前; where no single answer was named, who asks. */
function askedWords({ places, day, by }: ReturnedLine): string {
  const what =
    places > 0 ? t('field.returnedPlaces', { n: places }) : t('field.returnedBy', { by: by ?? t('field.reviewer') });
  return day === null ? what : what + t('field.returnedByDay', { day });
}

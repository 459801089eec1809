/** 记服务: for whom. Search by a part of the name or address; whoever is in her care comes first. */
import '../parts/two-ways.css';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Empty, FieldError, Icon, type IconName, List, Row, type Where } from '../../ui';
import { found } from '../model/search';
import { createFinding, FindBox, MoreRows, NothingFound } from '../parts/Finding';
import { type PersonLine, PersonRow } from '../parts/PersonRow';
import { Screen } from '../parts/Screen';
import { TopDock } from '../parts/TopDock';
import { shortAddressWords } from '../words';

/** What a team does together at places, or what is begun with nobody chosen. */
export interface WorkLine {
  readonly href: string;
  readonly name: string;
  readonly team: string;
  readonly icon: IconName;
}

/** A team on whose list nobody stands yet. */
export interface EmptyTeam {
  readonly team: string;
  readonly addedBy: 'volunteer' | 'supervisor';
}

export interface ChooseProps {
  mine: readonly PersonLine[];
  others: readonly PersonLine[];
  work: readonly WorkLine[];
  /** new matters, and the cards of lists */
  begin: readonly WorkLine[];
  empty: readonly EmptyTeam[];
  /** matters that are done; they are called by their day, and the last stands first */
  closed: readonly PersonLine[];
  today: string;
  where: Where;
  /** later: 补记, the real times are asked on the next page; other: another person for a visit that is being filled; comes: who has come to an event */
  mode: 'now' | 'later' | 'other' | 'comes';
  trouble: string | null;
  onLater: (later: boolean) => void;
  onPerson: OnPerson;
  /** somebody who is on no list; undefined: the form knows no such */
  onUnlisted?: (() => void) | undefined;
  onSent: () => void;
  onBack: () => void;
}

type OnPerson = (person: PersonLine, event: MouseEvent) => void;

export function Choose(props: ChooseProps): JSX.Element {
  const finding = createFinding();
  const { query } = finding;
  const matching = (people: readonly PersonLine[]) =>
    query().trim() === ''
      ? people
      : people.filter((person) =>
          found(query(), [person.name, shortAddressWords(person.address), person.address.community]),
        );
  const mine = () => matching(props.mine);
  const others = () => matching(props.others);
  const work = () => props.work.filter(({ name, team }) => found(query(), [name, team]));
  const begin = () => props.begin.filter(({ name, team }) => found(query(), [name, team]));
  const known = () =>
    props.mine.length + props.others.length + props.work.length + props.begin.length + props.closed.length;
  const matched = () =>
    mine().length + others().length + work().length + begin().length + (within() ? 0 : matching(props.closed).length);
  const within = () => props.mode === 'other' || props.mode === 'comes';
  const some = () => others().slice(0, Math.max(0, finding.most() - mine().length));
  return (
    <Screen
      title={titleOf(props.mode)}
      onBack={within() ? props.onBack : undefined}
      dock={within() ? undefined : <TopDock where={props.where} current="/new" onWhere={() => props.onSent()} />}
    >
      <Show when={!within()}>
        <NowOrLater later={props.mode === 'later'} onLater={props.onLater} />
      </Show>
      <FieldError words={props.trouble ?? undefined} />
      <FindBox label={t('field.search')} finding={finding} />
      <Show when={known() === 0}>
        <Empty title={t('field.nobodyKnown')}>{t('field.nobodyKnownText')}</Empty>
      </Show>
      <Show when={known() > 0 && matched() === 0}>
        <NothingFound title={t('field.searchNone', { query: query().trim() })} text={t('field.searchNoneText')} />
      </Show>
      <Show when={props.onUnlisted}>
        {(unlisted) => (
          <List>
            <Row icon="plus" name={t('group.unlisted')} cap={t('group.unlistedText')} onOpen={() => unlisted()()} />
          </List>
        )}
      </Show>
      <WorkGroup title={t('group.work')} work={work()} />
      <Group title={t('field.mine')} people={mine()} today={props.today} onPerson={props.onPerson} />
      <Group title={t('field.ofTeam')} people={some()} today={props.today} onPerson={props.onPerson} />
      <MoreRows left={others().length - some().length} finding={finding} />
      <WorkGroup title={t('group.begin')} work={begin()} />
      <Show when={!within()}>
        <Done
          people={matching(props.closed)}
          open={query().trim() !== ''}
          today={props.today}
          onPerson={props.onPerson}
        />
      </Show>
      <Show when={!within() && query().trim() === ''}>
        <For each={props.empty}>
          {({ team, addedBy }) => (
            <p class="fact">
              <Icon name="info" />
              <span>{t(addedBy === 'supervisor' ? 'group.listEmptySupervisor' : 'group.listEmpty', { team })}</span>
            </p>
          )}
        </For>
      </Show>
    </Screen>
  );
}

function titleOf(mode: ChooseProps['mode']): string {
  if (mode === 'comes') return t('group.whoCame');
  return mode === 'other' ? t('field.changePerson') : t('field.newTitle');
}

function NowOrLater(props: { later: boolean; onLater: (later: boolean) => void }): JSX.Element {
  return (
    <div class="langs" role="group" aria-label={t('field.newTitle')}>
      <button
        type="button"
        classList={{ on: !props.later }}
        aria-pressed={!props.later}
        onClick={() => props.onLater(false)}
      >
        {t('field.newNow')}
      </button>
      <button
        type="button"
        classList={{ on: props.later }}
        aria-pressed={props.later}
        onClick={() => props.onLater(true)}
      >
        {t('field.newLater')}
      </button>
    </div>
  );
}

function WorkGroup(props: { title: string; work: readonly WorkLine[] }): JSX.Element {
  return (
    <Show when={props.work.length > 0}>
      <div class="group">
        <h2>{props.title}</h2>
      </div>
      <List label={props.title}>
        <For each={props.work}>
          {(line) => <Row icon={line.icon} name={line.name} cap={line.team} href={line.href} />}
        </For>
      </List>
    </Show>
  );
}

function Group(props: {
  title: string;
  people: readonly PersonLine[];
  today: string;
  onPerson: OnPerson;
}): JSX.Element {
  return (
    <Show when={props.people.length > 0}>
      <div class="group">
        <h2>{props.title}</h2>
      </div>
      <List label={props.title}>
        <For each={props.people}>
          {(person) => (
            <PersonRow person={person} today={props.today} onOpen={(event) => props.onPerson(person, event)} />
          )}
        </For>
      </List>
    </Show>
  );
}

/** What is done stands last and folded: it may have been a slip, or be taken up again. Searching opens it. */
function Done(props: { people: readonly PersonLine[]; open: boolean; today: string; onPerson: OnPerson }): JSX.Element {
  const [unfolded, unfold] = createSignal(false);
  return (
    <Show when={props.people.length > 0}>
      <Show
        when={props.open || unfolded()}
        fallback={
          <Button kind="bare" icon="chevron-down" onClick={() => unfold(true)}>
            {t('visits.closedN', { n: props.people.length })}
          </Button>
        }
      >
        <Group title={t('visits.closed')} people={props.people} today={props.today} onPerson={props.onPerson} />
      </Show>
    </Show>
  );
}

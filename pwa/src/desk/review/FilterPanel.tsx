/** The filters that are used now and then: team, community, form, volunteer, flag, days. They stay open until closed. */
import { For, type JSX } from 'solid-js';
import type { Filters } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Field, TextField } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { cleared, type Filter, type FilterName } from './filters';
import { flagWords } from './flags';

export interface FilterPanelProps {
  filter: Filter;
  choices: Filters | null;
  onChange: (filter: Filter) => void;
  onClose: () => void;
}

export function FilterPanel(props: FilterPanelProps): JSX.Element {
  const set = (name: FilterName) => (value: string) => props.onChange({ ...props.filter, [name]: value });
  const teams = () => (props.choices?.teams ?? []).map((team) => ({ value: team.id, label: inWords(team.name) }));
  const communities = () => (props.choices?.communities ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const forms = () => (props.choices?.forms ?? []).map(({ form, title }) => ({ value: form, label: inWords(title) }));
  const volunteers = () => (props.choices?.volunteers ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const flags = () =>
    (props.choices?.flags ?? []).map((code) => ({ value: code, label: flagWords({ code, detail: {} }).short }));
  return (
    <section class="filters" aria-label={t('desk.filters')}>
      <Pick label={t('desk.team')} value={props.filter.team} options={teams()} onPick={set('team')} />
      <Pick
        label={t('desk.community')}
        value={props.filter.community}
        options={communities()}
        onPick={set('community')}
      />
      <Pick label={t('desk.form')} value={props.filter.form} options={forms()} onPick={set('form')} />
      <Pick
        label={t('desk.volunteer')}
        value={props.filter.volunteer}
        options={volunteers()}
        onPick={set('volunteer')}
      />
      <Pick
        label={t('desk.flag')}
        value={['any', 'back'].includes(props.filter.flag) ? '' : props.filter.flag}
        options={flags()}
        onPick={set('flag')}
      />
      <TextField label={t('desk.fromDay')} type="date" value={props.filter.from} onInput={set('from')} />
      <TextField label={t('desk.toDay')} type="date" value={props.filter.to} onInput={set('to')} />
      <div class="fend">
        <DeskButton small icon="rotate-ccw" onClick={() => props.onChange(cleared(props.filter))}>
          {t('desk.clearFilters')}
        </DeskButton>
        <DeskButton small kind="bare" onClick={() => props.onClose()}>
          {t('ui.close')}
        </DeskButton>
      </div>
    </section>
  );
}

export interface PickProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onPick: (value: string) => void;
}

/** One of a list, or all. */
export function Pick(props: PickProps): JSX.Element {
  return (
    <Field label={props.label}>
      {(wired) => (
        <select {...wired} onChange={(event) => props.onPick(event.currentTarget.value)}>
          <option value="" selected={props.value === ''}>
            {t('desk.all')}
          </option>
          <For each={props.options}>
            {(option) => (
              <option value={option.value} selected={option.value === props.value}>
                {option.label}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  );
}

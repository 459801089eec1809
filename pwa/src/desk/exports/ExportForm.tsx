/**
 * What to export. Everything has an answer beforehand that is harmless: this month, all teams, states that count, and
 * persons as numbers; names and sensitive answers are asked for in words, with a purpose that is kept in the audit.
 */
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { Asked, Filters } from '../../api/types';
import { dayOf, inWords, language, t } from '../../i18n';
import { TextField } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { may, zone } from '../session/session';
import { Ticks } from './Ticks';
import { nameOf, type Period, periodNames, periodOf } from './periods';

const formats = ['xlsx', 'csv', 'csv-excel'] as const;
const states = ['received', 'returned', 'approved'] as const;
type Format = Asked['format'];
const formatWords = { xlsx: 'desk.format_xlsx', csv: 'desk.format_csv', 'csv-excel': 'desk.format_csv_excel' } as const;
const formatHints = {
  xlsx: 'desk.format_xlsx_hint',
  csv: 'desk.format_csv_hint',
  'csv-excel': 'desk.format_csv_excel_hint',
} as const;
const SHORTEST_PURPOSE = 4;

export function ExportForm(props: {
  choices: Filters | null;
  busy: boolean;
  onAsk: (asked: Asked) => void;
}): JSX.Element {
  const today = dayOf(new Date(), zone());
  const [format, setFormat] = createSignal<Format>('xlsx');
  const [period, setPeriod] = createSignal<Period>(periodOf('month', today));
  const [stateNames, setStateNames] = createSignal<Asked['states']>(['received', 'approved']);
  const [teams, setTeams] = createSignal<string[]>([]);
  const [communities, setCommunities] = createSignal<string[]>([]);
  const [forms, setForms] = createSignal<string[]>([]);
  const [names, setNames] = createSignal(false);
  const [sensitive, setSensitive] = createSignal(false);
  const [purpose, setPurpose] = createSignal('');
  const [tried, setTried] = createSignal(false);

  const needsPurpose = () => names() || sensitive();
  const wrongPeriod = () =>
    period().from === '' || period().to === '' || period().from > period().to ? t('desk.periodWrong') : undefined;
  const wrongPurpose = () =>
    needsPurpose() && [...purpose().trim()].length < SHORTEST_PURPOSE ? t('desk.purposeMissing') : undefined;

  let form!: HTMLFormElement;
  function ask(): void {
    setTried(true);
    if (wrongPeriod() !== undefined || wrongPurpose() !== undefined) {
      queueMicrotask(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    props.onAsk({
      format: format(),
      ...period(),
      states: stateNames(),
      forms: forms(),
      teams: teams(),
      communities: communities(),
      names: names(),
      sensitive: sensitive(),
      purpose: needsPurpose() ? purpose().trim() : '',
      language: language(),
    });
  }

  return (
    <form
      ref={form}
      class="ask-export"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <fieldset>
        <legend>{t('desk.period')}</legend>
        <div class="chipset">
          <For each={periodNames}>
            {(name) => (
              <button
                type="button"
                class="fchip"
                classList={{ on: nameOf(period(), today) === name }}
                aria-pressed={nameOf(period(), today) === name}
                onClick={() => setPeriod(periodOf(name, today))}
              >
                {t(`desk.period_${name}`)}
              </button>
            )}
          </For>
        </div>
        <div class="pairbox">
          <TextField
            label={t('desk.fromDay')}
            type="date"
            value={period().from}
            error={wrongPeriod()}
            onInput={(from) => setPeriod({ ...period(), from })}
          />
          <TextField
            label={t('desk.toDay')}
            type="date"
            value={period().to}
            onInput={(to) => setPeriod({ ...period(), to })}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('desk.format')}</legend>
        <div class="ticks">
          <For each={formats}>
            {(each) => (
              <label class="opt">
                <input type="radio" name="format" checked={format() === each} onChange={() => setFormat(each)} />
                <span>
                  {t(formatWords[each])} <small class="cap">{t(formatHints[each])}</small>
                </span>
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <Ticks
        legend={t('desk.states')}
        options={states.map((state) => ({ value: state, label: t(`desk.state_${state}`) }))}
        chosen={stateNames()}
        onChoose={setStateNames}
      />
      <Ticks
        legend={t('desk.teams')}
        options={(props.choices?.teams ?? []).map(({ id, name }) => ({ value: id, label: inWords(name) }))}
        chosen={teams()}
        onChoose={setTeams}
      />
      <Ticks
        legend={t('desk.communities')}
        options={(props.choices?.communities ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        chosen={communities()}
        onChoose={setCommunities}
      />
      <Ticks
        legend={t('desk.forms')}
        options={(props.choices?.forms ?? []).map(({ form, title }) => ({ value: form, label: inWords(title) }))}
        chosen={forms()}
        onChoose={setForms}
      />
      <Show when={may('exports.names') || may('exports.sensitive')}>
        <fieldset>
          <legend>{may('exports.sensitive') ? t('desk.persons') : t('desk.namesOnly')}</legend>
          <p class="cap">{may('exports.sensitive') ? t('desk.personsHint') : t('desk.namesOnlyHint')}</p>
          <div class="ticks">
            <Show when={may('exports.names')}>
              <label class="opt">
                <input type="checkbox" checked={names()} onChange={(event) => setNames(event.currentTarget.checked)} />
                <span>{t('desk.withNames')}</span>
              </label>
            </Show>
            <Show when={may('exports.sensitive')}>
              <label class="opt">
                <input
                  type="checkbox"
                  checked={sensitive()}
                  onChange={(event) => setSensitive(event.currentTarget.checked)}
                />
                <span>{t('desk.withSensitive')}</span>
              </label>
            </Show>
          </div>
          <Show when={needsPurpose()}>
            <TextField
              label={t('desk.purpose')}
              hint={t('desk.purposeHint')}
              value={purpose()}
              maxlength={200}
              error={tried() ? wrongPurpose() : undefined}
              onInput={setPurpose}
            />
          </Show>
        </fieldset>
      </Show>
      <div class="ask-foot">
        <DeskButton kind="main" icon="file-spreadsheet" type="submit" busy={props.busy}>
          {t('desk.makeExport')}
        </DeskButton>
      </div>
    </form>
  );
}

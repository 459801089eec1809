/**
 * A month or a year (the appearances `month-year` and `year`): the year by the number pad, the month from a list. The
 * answer is the first day of it, as ODK writes one. Half of it stays in the box and is no answer.
 */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { monthName } from './days';
import { Fieldset } from './Fieldset';
import type { WidgetProps } from './widget';

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

export function MonthBox(props: WidgetProps): JSX.Element {
  const yearOnly = () => props.node.appearances.has('year');
  const parts = () => {
    const [year = '', month = ''] = props.value.split('-');
    return { year, month };
  };
  const answer = (year: string, month: string) => {
    const whole = /^\d{4}$/.test(year) && (yearOnly() || month !== '');
    const first = yearOnly() ? '01' : month;
    if (whole) props.onAnswer(`${year}-${first}-01`);
    else props.onAnswer(year === '' && month === '' ? '' : `${year}-${yearOnly() ? '' : month}`);
  };
  return (
    <Fieldset class="field" asked={props} error={props.error}>
      <div class="month">
        <label class="box">
          <input
            class="grow"
            type="text"
            inputmode="numeric"
            maxlength={4}
            autocomplete="off"
            enterkeyhint="next"
            aria-required={props.node.required}
            value={parts().year}
            onInput={(event) => answer(event.currentTarget.value.trim(), parts().month)}
            onBlur={() => props.onEnd()}
          />
          <span class="unit">{t('forms.year')}</span>
        </label>
        <Show when={!yearOnly()}>
          <label class="box">
            <select
              class="grow"
              aria-label={t('forms.month')}
              value={parts().month}
              onChange={(event) => {
                answer(parts().year, event.currentTarget.value);
                props.onEnd();
              }}
            >
              <option value="">{t('forms.choose')}</option>
              <For each={MONTHS}>{(month) => <option value={month}>{monthName(month)}</option>}</For>
            </select>
          </label>
        </Show>
      </div>
    </Fieldset>
  );
}

/** 字要多大？ Three sizes, each shown in its own size; the choice is seen at once. */
import './sizes.css';
import { For, type JSX } from 'solid-js';
import { t } from '../../i18n';
import { setTextStep, type TextStep, textStep, textSteps } from '../../ui';

const words = (step: TextStep): string => t(`field.size${step}`);

export function Sizes(props: { label: string }): JSX.Element {
  return (
    <fieldset class="q">
      <legend class="label">{props.label}</legend>
      <div class="sizes">
        <For each={textSteps}>
          {(step) => (
            <label class="choice" classList={{ on: textStep() === step }}>
              <input
                class="over"
                type="radio"
                name="text-size"
                value={step}
                checked={textStep() === step}
                onChange={() => setTextStep(step)}
              />
              <span class="grow">
                <b class={`z${step}`} aria-hidden="true">
                  {t('field.sizeSample')}
                </b>
                {words(step)}
              </span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}

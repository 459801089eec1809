/** 没见到，是哪一种？ The form's own choices; none is chosen beforehand. */
import { createSignal, type JSX } from 'solid-js';
import { type Both, inWords, t } from '../../i18n';
import { Button, Choices, Sheet } from '../../ui';

export interface NotMetChoice {
  readonly value: string;
  readonly label: Both;
}

export function NotMetSheet(props: {
  choices: readonly NotMetChoice[];
  onClose: () => void;
  onChoose: (answer: string) => void;
}): JSX.Element {
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [missing, setMissing] = createSignal(false);
  const done = () => {
    const answer = chosen();
    if (answer === null) setMissing(true);
    else props.onChoose(answer);
  };
  return (
    <Sheet
      title={t('field.notMetAsk')}
      onClose={() => props.onClose()}
      foot={
        <>
          <Button onClick={() => props.onClose()}>{t('ui.back')}</Button>
          <Button kind="main" onClick={done}>
            {t('field.notMetChoose')}
          </Button>
        </>
      }
    >
      <Choices
        label={<span class="hidden">{t('field.notMetAsk')}</span>}
        options={props.choices.map((choice) => ({ value: choice.value, label: inWords(choice.label) }))}
        chosen={chosen() === null ? [] : [chosen() ?? '']}
        error={missing() && chosen() === null ? t('field.notMetMissing') : undefined}
        onChoose={([value]) => setChosen(value ?? null)}
      />
    </Sheet>
  );
}

/** 改: the question that was answered at the door, with all of its choices. What depends on it is asked anew. */
import { createSignal, type JSX } from 'solid-js';
import type { Filling } from '../../forms';
import { t } from '../../i18n';
import { Button, Choices, Sheet } from '../../ui';

export function ChangeSheet(props: {
  filling: Filling;
  path: string;
  onClose: () => void;
  onChange: (answer: string) => void;
  /** another person than the one that was tapped */
  onPerson: () => void;
}): JSX.Element {
  const question = () => props.filling.question(props.path);
  // eslint-disable-next-line solid/reactivity -- where she begins; the sheet is made anew each time it opens
  const [chosen, setChosen] = createSignal(props.filling.get(props.path));
  return (
    <Sheet
      title={question()?.label ?? ''}
      note={t('field.changeWarning')}
      onClose={() => props.onClose()}
      foot={
        <>
          <Button onClick={() => props.onClose()}>{t('ui.back')}</Button>
          <Button kind="main" onClick={() => props.onChange(chosen())}>
            {t('field.notMetChoose')}
          </Button>
        </>
      }
    >
      <Choices
        label={<span class="hidden">{question()?.label}</span>}
        options={question()?.options ?? []}
        chosen={[chosen()]}
        onChoose={([answer]) => setChosen(answer ?? '')}
      />
      <Button kind="bare" icon="user" onClick={() => props.onPerson()}>
        {t('field.changePerson')}
      </Button>
    </Sheet>
  );
}

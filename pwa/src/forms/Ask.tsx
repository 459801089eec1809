/** One node on a screen: a question in its widget, a note, the heading of a group. */
import { type JSX, Match, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { t } from '../i18n';
import { FieldError } from '../ui';
import type { Filling } from './filling';
import type { Judge } from './judge';
import { type FormNode, type Group, isQuestion, type Note, type Question, type Unknown } from './model';
import { NoteText, widgetOf } from './widgets';

export interface AskProps {
  filling: Filling;
  judge: Judge;
  node: FormNode;
  alone: boolean;
}

export function Ask(props: AskProps): JSX.Element {
  const is = <N extends FormNode>(kind: N['kind']) => (props.node.kind === kind ? (props.node as N) : undefined);
  return (
    <Switch>
      <Match when={isQuestion(props.node) && props.node} keyed>
        {(question) => <Asked {...props} node={question} />}
      </Match>
      <Match when={is<Note>('note')}>{(note) => <NoteText node={note()} />}</Match>
      <Match when={is<Group>('group')?.label}>{(label) => <h2 class="lead part">{label()}</h2>}</Match>
      <Match when={is<Unknown>('unknown')}>
        {(unknown) => (
          <div class="q" data-path={unknown().path} tabindex={-1}>
            <p class="label">{unknown().label}</p>
            <FieldError words={t('forms.unknown')} />
          </div>
        )}
      </Match>
    </Switch>
  );
}

function Asked(props: AskProps & { node: Question }): JSX.Element {
  const path = () => props.node.path;
  return (
    <div class="asked" data-path={path()}>
      <Dynamic
        component={widgetOf(props.node)}
        node={props.node}
        value={props.filling.box(props.node)}
        error={props.judge.words(props.node)}
        alone={props.alone}
        onAnswer={(text: string) => {
          props.filling.set(path(), text);
          props.judge.edited(props.node);
        }}
        onTyping={(text: string) => props.filling.typing(path(), text)}
        onEnd={() => props.judge.end(props.node)}
      />
    </div>
  );
}

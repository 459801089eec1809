/** One node on a screen: a question in its widget, a note, the heading of a group. */
import { type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { t } from '../i18n';
import { FieldError } from '../ui';
import type { AttachmentHost } from './attachments';
import type { Filling } from './filling';
import type { Judge } from './judge';
import { type FormNode, type Group, isQuestion, type Note, type Question, type Unknown } from './model';
import type { Replace } from './replace';
import { NoteText, widgetOf } from './widgets';
import { wordsOf } from './widgets/widget';

/** What was sent before: a number in its box, a photo or recording beside the new one; else it stands in a line below. */
const SHOW_IT_THEMSELVES: ReadonlySet<Question['kind']> = new Set(['integer', 'decimal', 'image', 'audio']);

export interface AskProps {
  filling: Filling;
  judge: Judge;
  node: FormNode;
  alone: boolean;
  /** It stands in a card, with less room at its sides. */
  narrow?: boolean;
  attachments: AttachmentHost | undefined;
  replace: Replace;
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
  const locked = () => props.filling.locked(props.node);
  const was = () => {
    const before = props.filling.sent(path()) ?? '';
    return before === '' || before === props.node.value ? null : wordsOf(props.node, before);
  };
  return (
    <div class="asked" data-path={path()}>
      <Dynamic
        component={widgetOf(props.node, locked())}
        node={props.node}
        value={props.filling.box(props.node)}
        error={props.judge.words(props.node)}
        alone={props.alone}
        narrow={props.narrow === true}
        attachments={props.attachments}
        locked={locked()}
        was={was()}
        onAnswer={(text: string) => {
          props.filling.set(path(), text);
          props.judge.edited(props.node);
        }}
        onReplace={(text: string, words: string) => {
          props.replace(path(), text, words);
          props.judge.edited(props.node);
        }}
        onTyping={(text: string) => props.filling.typing(path(), text)}
        onEnd={() => props.judge.end(props.node)}
      />
      <Show when={!SHOW_IT_THEMSELVES.has(props.node.kind) && was()}>
        {(words) => (
          <p class="cap before">
            {t('forms.before')}
            <s>{words()}</s>
          </p>
        )}
      </Show>
    </div>
  );
}

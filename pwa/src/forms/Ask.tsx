/** One node on a screen: a question in its widget, a note, the heading of a group. */
import { type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { t } from '../i18n';
import { FieldError } from '../ui';
import type { AttachmentHost } from './attachments';
import { FormAroundProvider } from './files';
import type { Filling } from './filling';
import { asksNothing, type InGrid } from './grid';
import type { Judge } from './judge';
import {
  type FormNode,
  type Group,
  isQuestion,
  type Note,
  type Question,
  type Repeat,
  type Row,
  type Unknown,
} from './model';
import type { Replace } from './replace';
import { RemoveRow, Rows } from './Rows';
import { schemaOf } from './places';
import { NoteText, widgetOf } from './widgets';
import { Guidance, LabelFiles } from './widgets/LabelFiles';
import { isMap, MapPicture } from './widgets/MapPicture';
import { wordsOf } from './widgets/widget';

/** What was sent before: a number in its box, a photo, film or file beside the new one; else it stands in a line below. */
const SHOW_IT_THEMSELVES: ReadonlySet<Question['kind']> = new Set([
  'integer',
  'decimal',
  'image',
  'audio',
  'video',
  'file',
]);

export interface AskProps {
  filling: Filling;
  judge: Judge;
  node: FormNode;
  alone: boolean;
  /** It stands in a card, with less room at its sides. */
  narrow?: boolean;
  /** What is asked stands above it already: only readers hear it once more, with its box. */
  told?: boolean;
  attachments: AttachmentHost | undefined;
  replace: Replace;
  /** Its place in a table of choices. */
  grid?: InGrid;
  /** She chose where the form asks to go on then (`quick`). */
  onQuick?: (() => void) | undefined;
  /** Where a repeat's rows are reached; left out: they stand on this page. */
  onRow?: (path: string) => void;
}

export function Ask(props: AskProps): JSX.Element {
  const is = <N extends FormNode>(kind: N['kind']) => (props.node.kind === kind ? (props.node as N) : undefined);
  return (
    <Around filling={props.filling} told={props.told === true}>
      <Switch>
        <Match when={isQuestion(props.node) && (props.grid === 'head' || !asksNothing(props.node)) && props.node} keyed>
          {(question) => <Asked {...props} node={question} />}
        </Match>
        <Match when={is<Note>('note')}>{(note) => <NoteText node={note()} />}</Match>
        <Match when={is<Group>('group')}>{(group) => <GroupHead node={group()} />}</Match>
        <Match when={is<Row>('row')}>
          {(row) => (
            <div class="row-head">
              <h2 class="lead part grow">{t('forms.rowN', { what: row().label, n: row().n })}</h2>
              <Show when={!row().counted && !props.filling.rowsFixed()}>
                <RemoveRow filling={props.filling} row={row()} replace={props.replace} />
              </Show>
            </div>
          )}
        </Match>
        <Match when={is<Repeat>('repeat')}>
          {(repeat) => (
            <Rows
              filling={props.filling}
              node={repeat()}
              replace={props.replace}
              shown={props.onRow === undefined}
              onOpen={(path) => props.onRow?.(path)}
            />
          )}
        </Match>
        <Match when={is<Unknown>('unknown')}>
          {(unknown) => (
            <div class="q" data-path={unknown().path} tabindex={-1}>
              <p class="label">{unknown().label}</p>
              <FieldError words={t('forms.unknown')} />
            </div>
          )}
        </Match>
      </Switch>
    </Around>
  );
}

/** What its labels show of the form is found through it. */
function Around(props: { filling: Filling; told?: boolean; children: JSX.Element }): JSX.Element {
  const around = {
    get file() {
      return props.filling.file;
    },
    get files() {
      return props.filling.files;
    },
    get told() {
      return props.told === true;
    },
  };
  return <FormAroundProvider value={around}>{props.children}</FormAroundProvider>;
}

/** The heading of a group that stands among others; a field-list has its own on its page. */
function GroupHead(props: { node: Group }): JSX.Element {
  return (
    <Show when={props.node.label}>
      {(label) => (
        <>
          <h2 class="lead part">{label()}</h2>
          <LabelFiles node={props.node} />
          <Guidance path={props.node.path} />
        </>
      )}
    </Show>
  );
}

/** What stands with the heading of a page that is one group. */
export function GroupFiles(props: { filling: Filling; group: Group | Row | null | undefined }): JSX.Element {
  return (
    <Around filling={props.filling}>
      <Show when={props.group}>
        {(group) => (
          <>
            <LabelFiles node={group()} />
            <Guidance path={group().path} />
          </>
        )}
      </Show>
    </Around>
  );
}

const goesOn = ({ kind, appearances, value }: Question) => kind === 'one' && appearances.has('quick') && value !== '';

function Asked(props: AskProps & { node: Question }): JSX.Element {
  const path = () => props.node.path;
  const locked = () => props.filling.locked(props.node);
  /** How many rows there are is no answer before she has typed all of it: 1 on the way to 12 would drop eleven. */
  const counts = () => props.filling.file.counts.has(schemaOf(path()));
  const answer = (text: string) => {
    const undo = props.filling.set(path(), text);
    if (undo !== null) props.replace.offer(t('forms.rowsGone'), undo);
    props.judge.edited(props.node);
  };
  const was = () => {
    const before = props.filling.sent(path()) ?? '';
    return before === '' || before === props.node.value ? null : wordsOf(props.node, before);
  };
  return (
    <div class="asked" data-path={path()}>
      <Show when={isMap(props.node) && props.node.media.image}>
        {(name) => (
          <MapPicture
            node={props.node}
            name={name()}
            value={props.filling.box(props.node)}
            locked={locked()}
            onChoose={(value) => {
              answer(value);
              props.judge.end(props.node);
            }}
          />
        )}
      </Show>
      <LabelFiles node={props.node} picture={!isMap(props.node)} />
      <Dynamic
        component={widgetOf(props.node, locked(), props.grid)}
        node={props.node}
        value={props.filling.box(props.node)}
        error={props.judge.words(props.node)}
        alone={props.alone}
        narrow={props.narrow === true}
        attachments={props.attachments}
        locked={locked()}
        was={was()}
        onAnswer={(text: string) => {
          if (counts()) props.filling.typing(path(), text, false);
          else answer(text);
        }}
        onReplace={(text: string, words: string) => {
          props.replace(path(), text, words);
          props.judge.edited(props.node);
        }}
        onTyping={(text: string, composing: boolean) => props.filling.typing(path(), text, composing)}
        onEnd={() => {
          if (counts()) answer(props.filling.box(props.node));
          props.judge.end(props.node);
          if (goesOn(props.node)) props.onQuick?.();
        }}
      />
      <Guidance path={path()} />
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

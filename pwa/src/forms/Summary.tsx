/**
 * Before she finishes: every answer in a line, what is missing or wrong said beside it, and a tap goes there. It stands
 * below the last question, so that a form that needs no second look costs no tap more.
 */
import { createMemo, type JSX, Show } from 'solid-js';
import { t } from '../i18n';
import { Card, Icon, List } from '../ui';
import type { Filling } from './filling';
import { isQuestion, type Question } from './model';
import type { Step } from './steps';
import { saidShortly } from './widgets/widget';
import { Windowed } from './Windowed';

const DRAWN = 20;

export interface SummaryProps {
  filling: Filling;
  steps: readonly Step[];
  /** Goes to the question at this path. */
  onGo: (path: string) => void;
}

export function Summary(props: SummaryProps): JSX.Element {
  const asked = createMemo(() => props.steps.flatMap((step) => step.nodes.filter(isQuestion)));
  return (
    <section class="summary">
      <h2 class="lead part">{t('forms.lookOver')}</h2>
      <Card>
        <List label={t('forms.lookOver')}>
          <Windowed each={asked()} by={DRAWN}>
            {(question) => <Line filling={props.filling} question={question} onGo={props.onGo} />}
          </Windowed>
        </List>
      </Card>
    </section>
  );
}

function Line(props: { filling: Filling; question: Question; onGo: (path: string) => void }): JSX.Element {
  const wrong = () => props.filling.wrong(props.question);
  return (
    <li>
      <button type="button" class="row-p grow" onClick={() => props.onGo(props.question.path)}>
        <span class="grow">
          <span class="cap">{props.question.label}</span>
          <Show
            when={wrong()}
            fallback={<span class="name">{saidShortly(props.question) || t('forms.leftBlank')}</span>}
          >
            {(what) => (
              <span class="name asks">
                <Icon name="circle-alert" size="sm" />
                {what().words}
              </span>
            )}
          </Show>
        </span>
        <Icon name="chevron-right" />
      </button>
    </li>
  );
}

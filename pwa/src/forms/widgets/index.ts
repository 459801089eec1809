/** Which widget asks which question. A new one: its file here, its line below. */
import type { Component } from 'solid-js';
import type { InGrid } from '../grid';
import type { Question } from '../model';
import { Cards } from './Cards';
import { CodeBox } from './CodeBox';
import { DateBox } from './DateBox';
import { DrawBox } from './DrawBox';
import { FileBox } from './FileBox';
import { FilmBox } from './FilmBox';
import { GridHead, GridRow } from './GridRow';
import { LineBox } from './LineBox';
import { Locked } from './Locked';
import { NumberBox } from './NumberBox';
import { OpeningList } from './OpeningList';
import { MonthBox } from './MonthBox';
import { PhotoBox } from './PhotoBox';
import { PointBox } from './PointBox';
import { RangeBox } from './RangeBox';
import { RankBox } from './RankBox';
import { TextBox } from './TextBox';
import { TimeBox } from './TimeBox';
import { VoiceBox } from './VoiceBox';
import type { WidgetProps } from './widget';
import { YesBox } from './YesBox';

const DRAWN = ['signature', 'draw'] as const;

/** More cards than this are no longer seen at a glance. */
const CARDS = 20;

/** `grid`: its place in a table of choices, where it stands in one. */
export function widgetOf(question: Question, locked: boolean, grid: InGrid = null): Component<WidgetProps> {
  if (grid === 'head') return GridHead;
  if (question.kind === 'image') return DRAWN.some((each) => question.appearances.has(each)) ? DrawBox : PhotoBox;
  if (question.kind === 'audio') return VoiceBox;
  if (question.kind === 'video') return FilmBox;
  if (question.kind === 'file') return FileBox;
  if (locked) return Locked;
  switch (question.kind) {
    case 'text':
      return TextBox;
    case 'integer':
    case 'decimal':
      return NumberBox;
    case 'date':
      return question.appearances.has('month-year') || question.appearances.has('year') ? MonthBox : DateBox;
    case 'time':
    case 'dateTime':
      return TimeBox;
    case 'barcode':
      return CodeBox;
    case 'geopoint':
      return PointBox;
    case 'geotrace':
    case 'geoshape':
      return LineBox;
    case 'rank':
      return RankBox;
    case 'range':
      return RangeBox;
    case 'yes':
      return YesBox;
    case 'one':
    case 'many':
      if (grid === 'row') return GridRow;
      return opens(question) ? OpeningList : Cards;
  }
}

function opens({ appearances, options }: Question): boolean {
  return appearances.has('minimal') || appearances.has('autocomplete') || options.length > CARDS;
}

export { NoteText } from './NoteText';

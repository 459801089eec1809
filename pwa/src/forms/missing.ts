import type { Question } from './model';

type Missing =
  `forms.required${'' | 'One' | 'Many' | 'Photo' | 'Voice' | 'Film' | 'File' | 'Rank' | 'Yes' | 'Point' | 'Trace' | 'Shape'}`;

/** The words for a question that must be answered and is not. */
export function missing(question: Question): Missing {
  switch (question.kind) {
    case 'one':
      return 'forms.requiredOne';
    case 'many':
      return 'forms.requiredMany';
    case 'image':
      return 'forms.requiredPhoto';
    case 'audio':
      return 'forms.requiredVoice';
    case 'video':
      return 'forms.requiredFilm';
    case 'file':
      return 'forms.requiredFile';
    case 'rank':
      return 'forms.requiredRank';
    case 'yes':
      return 'forms.requiredYes';
    case 'geopoint':
      return 'forms.requiredPoint';
    case 'geotrace':
      return 'forms.requiredTrace';
    case 'geoshape':
      return 'forms.requiredShape';
    case 'barcode':
    case 'text':
    case 'integer':
    case 'decimal':
    case 'date':
    case 'time':
    case 'dateTime':
    case 'range':
      return 'forms.required';
  }
}

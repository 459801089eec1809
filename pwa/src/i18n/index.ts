export { type Area, type Key, type Params, type Text, type Words } from './catalogues';
export { dayOf, daysBetween, formatBytes, formatDay, formatNear, formatTime, formatWeekday } from './format';
export {
  addWords,
  type Both,
  inWords,
  type Language,
  language,
  languageChosen,
  plural,
  setLanguage,
  speak,
  t,
} from './words';

import type { Words } from '../catalogues';
import type { group as zh } from '../zh/group';

export const group: Words<typeof zh> = {
  work: 'Team work',

  whereTitle: 'Where',
  whereOther: 'Another place',
  tapIsCheckIn: 'Tap when you are there: the tap is your check-in',
  find: 'Find a place',
  findNone: 'No place is called “{query}”',
  findNoneText: 'Try other words, or ask the community to list this place first.',
  noPlaces: 'There is no place to choose yet',
  noPlacesText: 'Ask the community to list it; the list renews itself when you are online.',
  workGone: 'This work cannot be recorded now',
  workGoneText: 'You may have left this team, or the form has not come yet. Look again when you are online.',

  withTitle: 'Who is here',
  withAsk: 'Tick whoever on the list is here',
  me: 'me',
  helpers: 'Helpers without a name',
  helpersHint: 'People who are not on the list: only their number',
  helpersBad: 'A number from 0 to {most}',
  fewer: 'One fewer',
  more: 'One more',
  total: { one: '{n} person in all', other: '{n} people in all' },
  goOn: 'To the form',
  withDone: 'These are all',

  toldNamed: '{n} in all: {names}',
  toldHelpers: '{n} in all: {names} and {helpers} helpers',
};

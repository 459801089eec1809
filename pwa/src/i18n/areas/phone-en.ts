import { field } from '../en/field';
import { forms } from '../en/forms';
import { ui } from '../en/ui';
import { addWords } from '../words';

addWords('ui', {}, ui);
addWords('field', {}, field);
addWords('forms', {}, forms);

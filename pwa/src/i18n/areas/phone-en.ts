import { field } from '../en/field';
import { forms } from '../en/forms';
import { group } from '../en/group';
import { later } from '../en/later';
import { ui } from '../en/ui';
import { visits } from '../en/visits';
import { addWords } from '../words';

addWords('ui', {}, ui);
addWords('field', {}, field);
addWords('field', {}, later);
addWords('forms', {}, forms);
addWords('group', {}, group);
addWords('visits', {}, visits);

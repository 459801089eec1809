/** The Chinese words of the phone's later pages, forms among them: they come with those pages, so that the first is light. */
import { addWords } from '../words';
import { forms } from '../zh/forms';
import { group } from '../zh/group';
import { later } from '../zh/later';
import { visits } from '../zh/visits';

addWords('field', later, {});
addWords('forms', forms, {});
addWords('group', group, {});
addWords('visits', visits, {});

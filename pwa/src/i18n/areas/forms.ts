import { forms as en } from '../en/forms';
import { addWords } from '../words';
import { forms as zh } from '../zh/forms';

addWords('forms', zh, en);

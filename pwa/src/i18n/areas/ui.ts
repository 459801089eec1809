import { ui as en } from '../en/ui';
import { addWords } from '../words';
import { ui as zh } from '../zh/ui';

addWords('ui', zh, en);

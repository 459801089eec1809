import { group as en } from '../en/group';
import { addWords } from '../words';
import { group as zh } from '../zh/group';

addWords('group', zh, en);

import { visits as en } from '../en/visits';
import { addWords } from '../words';
import { visits as zh } from '../zh/visits';

addWords('visits', zh, en);

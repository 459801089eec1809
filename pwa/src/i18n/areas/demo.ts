import { demo as en } from '../en/demo';
import { addWords } from '../words';
import { demo as zh } from '../zh/demo';

addWords('demo', zh, en);

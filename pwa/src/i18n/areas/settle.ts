import { settle as en } from '../en/settle';
import { addWords } from '../words';
import { settle as zh } from '../zh/settle';

addWords('settle', zh, en);

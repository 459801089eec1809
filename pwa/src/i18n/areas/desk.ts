import { desk as en } from '../en/desk';
import { addWords } from '../words';
import { desk as zh } from '../zh/desk';

addWords('desk', zh, en);

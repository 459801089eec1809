import { publish as en } from '../en/publish';
import { addWords } from '../words';
import { publish as zh } from '../zh/publish';

addWords('publish', zh, en);

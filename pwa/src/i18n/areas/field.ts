import { field as en } from '../en/field';
import { addWords } from '../words';
import { field as zh } from '../zh/field';

addWords('field', zh, en);

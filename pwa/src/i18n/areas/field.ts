import { field as en } from '../en/field';
import { later as enLater } from '../en/later';
import { addWords } from '../words';
import { field as zh } from '../zh/field';
import { later as zhLater } from '../zh/later';

addWords('field', zh, en);
addWords('field', zhLater, enLater);

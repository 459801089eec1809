import { components as en } from '../en/components';
import { addWords } from '../words';
import { components as zh } from '../zh/components';

addWords('components', zh, en);

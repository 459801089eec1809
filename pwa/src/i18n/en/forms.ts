import type { Words } from '../catalogues';
import type { forms as zh } from '../zh/forms';

export const forms: Words<typeof zh> = {};

import type { Words } from '../catalogues';
import type { desk as zh } from '../zh/desk';

export const desk: Words<typeof zh> = {};

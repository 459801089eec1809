import type { Words } from '../catalogues';
import type { field as zh } from '../zh/field';

export const field: Words<typeof zh> = {};

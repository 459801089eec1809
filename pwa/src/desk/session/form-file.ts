/** The files that a form brings along, from the county; its labels do without one that does not come. */
import type { Files } from '../../forms';
import { api } from './session';

export const formFile: Files = async ({ sha256 }) => (await api.file(`/api/forms/media/${sha256}`)).blob;

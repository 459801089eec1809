/**
 * What is handed in together: one workbook, and the form's own files. The bytes are taken at once: a file that is
 * changed on disk after it was chosen cannot be read any more, and what was looked over must be what is published.
 */
import { t } from '../../i18n';

export interface Upload {
  readonly workbook: File;
  readonly media: readonly File[];
}

/** Why these files cannot be handed in, in words. */
export class UploadProblem extends Error {}

export const ACCEPTS = '.xlsx,.xls,.md,.csv,.geojson,.xml,image/*,audio/*,video/*';
const WORKBOOK = /\.(xlsx|xls|md)$/i;
const CSV = /\.csv$/i;

/**
 * These files, over what is there already: a workbook alone keeps the form's files, and files alone keep the workbook. A csv
 * is the workbook only where nothing else is one. Rejects with an UploadProblem.
 */
export async function uploadOf(given: readonly File[], before: Upload | null): Promise<Upload> {
  const files = given.filter((file) => !/^(~\$|\.)/.test(file.name)); // what Excel and systems leave beside a file
  const books = files.filter((file) => WORKBOOK.test(file.name));
  const tables = files.filter((file) => CSV.test(file.name));
  const workbooks = books.length > 0 || before !== null ? books : tables;
  if (workbooks.length > 1) {
    const names = workbooks.map((file) => file.name).join(t('desk.and'));
    throw new UploadProblem(t('publish.manyWorkbooks', { n: workbooks.length, names }));
  }
  const again = files.find((file) => file.name === before?.workbook.name); // a csv that was the workbook before
  const chosen = workbooks[0] ?? again;
  const workbook = chosen === undefined ? before?.workbook : await held(chosen);
  if (workbook === undefined) throw new UploadProblem(t('publish.noWorkbookChosen'));
  const others = await Promise.all(files.filter((file) => file !== chosen).map(held));
  const fresh = new Set(others.map((file) => file.name));
  return { workbook, media: [...(before?.media ?? []).filter((file) => !fresh.has(file.name)), ...others] };
}

async function held(file: File): Promise<File> {
  try {
    return new File([await file.arrayBuffer()], file.name, { type: file.type });
  } catch {
    throw new UploadProblem(t('publish.unreadable', { name: file.name }));
  }
}

/** As the server takes it. */
export function formData({ workbook, media }: Upload): FormData {
  const body = new FormData();
  body.append('workbook', workbook, workbook.name);
  for (const file of media) body.append('media', file, file.name);
  return body;
}

import { describe, expect, it } from 'vitest';
import { type Upload, uploadOf, UploadProblem } from './upload';

const file = (name: string) => new File([name], name);
const names = ({ workbook, media }: Upload) => [workbook.name, ...media.map((each) => each.name)];

describe('what is handed in together', () => {
  it('is a workbook and its files, whatever their order', async () => {
    expect(names(await uploadOf([file('door.jpg'), file('form.xlsx'), file('places.csv')], null))).toEqual([
      'form.xlsx',
      'door.jpg',
      'places.csv',
    ]);
  });

  it('may be a csv alone', async () => {
    expect(names(await uploadOf([file('form.csv')], null))).toEqual(['form.csv']);
  });

  it('is read at once, so that a file that is changed later is still the one that was looked over', async () => {
    const chosen = file('form.xlsx');
    const { workbook } = await uploadOf([chosen], null);
    expect(workbook).not.toBe(chosen);
    expect(await workbook.text()).toBe('form.xlsx');
  });

  it('keeps the files when the workbook is replaced, and the workbook when files are', async () => {
    const first = await uploadOf([file('form.xlsx'), file('door.jpg')], null);
    const mended = await uploadOf([file('form-2.xlsx')], first);
    expect(names(mended)).toEqual(['form-2.xlsx', 'door.jpg']);
    expect(names(await uploadOf([file('door.jpg'), file('list.csv')], mended))).toEqual([
      'form-2.xlsx',
      'door.jpg',
      'list.csv',
    ]);
  });

  it('takes a csv that was the workbook as the workbook again', async () => {
    const first = await uploadOf([file('form.csv')], null);
    expect(names(await uploadOf([file('form.csv')], first))).toEqual(['form.csv']);
  });

  it('passes over what Excel leaves beside an open workbook', async () => {
    expect(names(await uploadOf([file('~$form.xlsx'), file('form.xlsx'), file('.DS_Store')], null))).toEqual([
      'form.xlsx',
    ]);
  });

  it.each([
    [['door.jpg'], '这些文件里没有表格。请选一个 Excel、CSV 或 Markdown 表格。'],
    [['a.xlsx', 'b.md'], '一次检查一个表格，这里有 2 个：a.xlsx、b.md。请只选一个。'],
  ])('says of %j what to do', async (given, words) => {
    await expect(uploadOf(given.map(file), null)).rejects.toThrow(new UploadProblem(words));
  });

  it('says which file another program holds', async () => {
    const locked = Object.assign(file('form.xlsx'), { arrayBuffer: () => Promise.reject(new Error('NotReadable')) });
    await expect(uploadOf([locked], null)).rejects.toThrow('“form.xlsx”读不出来');
  });
});

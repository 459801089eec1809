/** What a record is, and whom it names where the visit itself is about nobody: 健康检查 · 朴顺姬 */
import { type Both, inWords, t } from '../../i18n';

export const recordWords = ({ title, about }: { title: Both; about: string | null }): string =>
  about === null ? inWords(title) : t('desk.recordAbout', { what: inWords(title), who: about });

/**
 * A workbook is looked over, mended, and looked over again: what was found last stays on the page until there is
 * something newer, whatever comes between (no network, a session that has run out), with what is gone since.
 */
import { batch, createSignal } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { Finding, LookedOver, Published } from '../../api/types';
import { api } from '../session/session';
import { inOrder, since } from './findings';
import { formData, type Upload, uploadOf, UploadProblem } from './upload';

export interface Seen {
  /** what was looked over: the same bytes are published */
  readonly upload: Upload;
  /** its findings in the order in which they are told */
  readonly looked: LookedOver;
  readonly gone: readonly Finding[];
  readonly fresh: ReadonlySet<Finding>;
}

export interface Checking {
  seen: () => Seen | null;
  busy: () => boolean;
  problem: () => ApiProblem | null;
  /** why these files cannot be handed in */
  words: () => string | null;
  check: (files: readonly File[]) => Promise<void>;
  /** the same files once more, after something stood in the way */
  again: () => Promise<void>;
  publish: () => Promise<Published>;
  clear: () => void;
}

export function createChecking(): Checking {
  const [seen, setSeen] = createSignal<Seen | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const [words, setWords] = createSignal<string | null>(null);
  let chosen: Upload | null = null;

  async function check(files: readonly File[]): Promise<void> {
    if (busy() || files.length === 0) return;
    setWords(null);
    try {
      chosen = await uploadOf(files, chosen);
    } catch (thrown) {
      if (!(thrown instanceof UploadProblem)) throw thrown;
      setWords(thrown.message);
      return;
    }
    await again();
  }

  async function again(): Promise<void> {
    const upload = chosen;
    if (upload === null || busy()) return;
    setBusy(true);
    setProblem(null);
    try {
      const looked = await api.ask<LookedOver>('/api/desk/forms/check', { method: 'POST', body: formData(upload) });
      hold(upload, looked);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  }

  function hold(upload: Upload, answer: LookedOver): void {
    const looked = { ...answer, findings: inOrder(answer.findings, answer.sheets) };
    const before = seen()?.looked;
    const differs = before === undefined ? { gone: [], fresh: new Set<Finding>() } : since(before, looked);
    setSeen({ upload, looked, ...differs });
  }

  async function publish(): Promise<Published> {
    const now = seen();
    if (now === null) throw new Error('nothing has been looked over');
    try {
      return await api.ask<Published>('/api/desk/forms/publish', { method: 'POST', body: formData(now.upload) });
    } catch (thrown) {
      const { code, params } = asProblem(thrown);
      // since it was looked over somebody else has published: what stands in the way now belongs beside the sheet too
      if (code === 'form_refused' && Array.isArray(params.findings))
        hold(now.upload, { ...now.looked, publishable: false, findings: params.findings as Finding[] });
      throw thrown;
    }
  }

  const clear = () =>
    batch(() => {
      chosen = null;
      setSeen(null);
      setProblem(null);
      setWords(null);
    });
  return { seen, busy, problem, words, check, again, publish, clear };
}

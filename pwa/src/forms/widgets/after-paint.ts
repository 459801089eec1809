/** Work that is to wait until the page has shown what it shows now. */

/** A page that is hidden paints no frame: then so long is waited. */
const NO_FRAME_MS = 100;

/** Once, after the next frame. Returns the way to call it off. */
export function afterPaint(work: () => void): () => void {
  let timer = setTimeout(run, NO_FRAME_MS);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(run);
  });
  function stop(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }
  function run(): void {
    stop();
    work();
  }
  return stop;
}

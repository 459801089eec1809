/** The sheet to draw on, with a finger, a pen or a mouse. */
import { createSignal, type JSX, onMount } from 'solid-js';
import { t } from '../../i18n';
import { Button, FieldError, Sheet } from '../../ui';

const INK = '#10202c';
const PAPER = '#ffffff';
/** Of the line, as a share of the sheet's width. */
const STROKE = 0.008;
const WIDTH = 960;

export interface DrawSheetProps {
  title: string;
  /** A drawing needs more height than a name. */
  wide: boolean;
  onClose: () => void;
  onDrawn: (picture: Blob) => void;
}

export function DrawSheet(props: DrawSheetProps): JSX.Element {
  let canvas!: HTMLCanvasElement;
  const [blank, setBlank] = createSignal(true);
  const [tried, setTried] = createSignal(false);
  const height = () => (props.wide ? WIDTH : WIDTH / 2);
  const pen = () => canvas.getContext('2d');

  const clear = () => {
    const context = pen();
    if (context === null) return;
    context.fillStyle = PAPER;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = INK;
    context.lineWidth = WIDTH * STROKE;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    setBlank(true);
  };
  onMount(clear);

  const at = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * canvas.width,
      ((event.clientY - box.top) / box.height) * canvas.height,
    ] as const;
  };
  const down = (event: PointerEvent) => {
    const context = pen();
    if (context === null) return;
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = at(event);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 0.1, y);
    context.stroke();
    setBlank(false);
  };
  const move = (event: PointerEvent) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const context = pen();
    for (const each of event.getCoalescedEvents?.() ?? [event]) context?.lineTo(...at(each));
    context?.stroke();
  };
  const done = async (): Promise<void> => {
    if (blank()) return void setTried(true);
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (picture !== null) props.onDrawn(picture);
  };
  return (
    <Sheet
      title={props.title}
      onClose={() => props.onClose()}
      foot={
        <>
          <Button onClick={clear}>{t('forms.wipe')}</Button>
          <Button kind="main" onClick={() => void done()}>
            {t('forms.drawn')}
          </Button>
        </>
      }
    >
      <canvas
        ref={canvas}
        class="paper"
        width={WIDTH}
        height={height()}
        role="img"
        aria-label={t('forms.drawHere')}
        onPointerDown={down}
        onPointerMove={move}
      />
      <p class="cap">{t('forms.drawHere')}</p>
      <FieldError words={tried() && blank() ? t('forms.drawnNothing') : undefined} />
    </Sheet>
  );
}

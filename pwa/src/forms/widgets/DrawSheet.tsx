/** The sheet to draw on, with a finger, a pen or a mouse: white paper, or a photo. */
import { createSignal, type JSX, onMount } from 'solid-js';
import { t } from '../../i18n';
import { Button, FieldError, Sheet } from '../../ui';

const INK = '#10202c';
const PAPER = '#ffffff';
/** On a photo, light or dark: it is seen on snow and in a cellar. */
const MARKER = '#ff5a1f';
/** Of the line, as a share of the sheet's width. */
const STROKE = 0.008;
const WIDTH = 960;

export interface DrawSheetProps {
  title: string;
  /** A drawing needs more height than a name. */
  wide: boolean;
  /** What is drawn on, and how long its longest side may become. */
  photo?: { readonly picture: ImageBitmap; readonly longest: number };
  onClose: () => void;
  onDrawn: (picture: Blob) => void;
}

export function DrawSheet(props: DrawSheetProps): JSX.Element {
  let canvas!: HTMLCanvasElement;
  const [blank, setBlank] = createSignal(true);
  const [tried, setTried] = createSignal(false);
  const scale = () => {
    const { picture, longest } = props.photo ?? { picture: { width: WIDTH, height: 0 }, longest: WIDTH };
    return Math.min(1, longest / Math.max(picture.width, picture.height));
  };
  const width = () => Math.round((props.photo?.picture.width ?? WIDTH) * scale());
  const height = () => {
    if (props.photo !== undefined) return Math.round(props.photo.picture.height * scale());
    return props.wide ? WIDTH : WIDTH / 2;
  };
  const hint = () => t(props.photo === undefined ? 'forms.drawHere' : 'forms.drawOnPhoto');
  const pen = () => canvas.getContext('2d');

  const clear = () => {
    const context = pen();
    if (context === null) return;
    context.fillStyle = PAPER;
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (props.photo !== undefined) context.drawImage(props.photo.picture, 0, 0, canvas.width, canvas.height);
    context.strokeStyle = props.photo === undefined ? INK : MARKER;
    context.lineWidth = Math.max(canvas.width, canvas.height) * STROKE;
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
        width={width()}
        height={height()}
        role="img"
        aria-label={hint()}
        onPointerDown={down}
        onPointerMove={move}
      />
      <p class="cap">{hint()}</p>
      <FieldError words={tried() && blank() ? t('forms.drawnNothing') : undefined} />
    </Sheet>
  );
}

/** The one door to @panzoom/panzoom: a picture that can be drawn nearer and moved. Fetched with the first large photo. */
export interface PanZoom {
  nearer: () => void;
  farther: () => void;
  whole: () => void;
  stop: () => void;
}

const NEAREST = 8;

/** `stage` hears the wheel; the picture keeps its place in it. */
export async function panZoom(picture: HTMLElement, stage: HTMLElement): Promise<PanZoom> {
  const { default: Panzoom } = await import('@panzoom/panzoom');
  const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const hold = Panzoom(picture, { maxScale: NEAREST, minScale: 1, panOnlyWhenZoomed: true, step: 0.4 });
  const wheel = (event: WheelEvent) => hold.zoomWithWheel(event);
  const twice = (event: MouseEvent) => {
    if (hold.getScale() > 1) hold.reset({ animate });
    else hold.zoomToPoint(3, event, { animate });
  };
  stage.addEventListener('wheel', wheel, { passive: false });
  stage.addEventListener('dblclick', twice);
  return {
    nearer: () => hold.zoomIn({ animate }),
    farther: () => {
      if (hold.zoomOut({ animate }).scale <= 1) hold.reset({ animate });
    },
    whole: () => hold.reset({ animate }),
    stop: () => {
      stage.removeEventListener('wheel', wheel);
      stage.removeEventListener('dblclick', twice);
      hold.destroy();
    },
  };
}

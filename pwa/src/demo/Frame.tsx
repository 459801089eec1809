/** A page of ours in the frame of the thing that it runs on, at its own size, scaled to the room that there is. */
import { type JSX, onCleanup, onMount } from 'solid-js';
import { Icon, type IconName } from '../ui';

export interface FrameProps {
  look: 'phone' | 'desk';
  icon: IconName;
  label: string;
  whose: string;
  src: string;
  /** css pixels of the page inside */
  width: number;
  height: number;
  frameRef?: (frame: HTMLIFrameElement) => void;
}

export function Frame(props: FrameProps): JSX.Element {
  let room!: HTMLDivElement;
  let frame!: HTMLIFrameElement;

  onMount(() => {
    const fit = () => {
      const scale = Math.min(1, room.clientWidth / props.width, room.clientHeight / props.height);
      room.style.setProperty('--scale', `${scale}`);
      room.style.setProperty('--wide', `${Math.floor(props.width * scale)}px`);
      room.style.setProperty('--high', `${Math.floor(props.height * scale)}px`);
    };
    const watcher = new ResizeObserver(fit);
    watcher.observe(room);
    onCleanup(() => watcher.disconnect());
    props.frameRef?.(frame);
  });

  return (
    <section class={`framed ${props.look}`} aria-label={props.label}>
      <p class="frame-label">
        <Icon name={props.icon} />
        <b>{props.label}</b>
        {props.whose}
      </p>
      <div class="room" ref={room}>
        <div class="case">
          <iframe
            ref={frame}
            src={props.src}
            title={props.label}
            width={props.width}
            height={props.height}
            allow="camera; microphone; geolocation"
          />
        </div>
      </div>
    </section>
  );
}

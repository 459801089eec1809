/**
 * The drawings: flat paper-cut, no outlines, no faces, light from the upper right, only the --art-* colours, so that
 * they turn dark with the rest. They mean nothing and are hidden from readers.
 */
import { For, type JSX } from 'solid-js';
import { t } from '../i18n';

/** The heart with a house in it; `bare` where the name stands beside it. */
export function Mark(props: { bare?: boolean }): JSX.Element {
  return (
    <svg
      class="mark-lx"
      viewBox="0 0 40 40"
      role={props.bare ? undefined : 'img'}
      aria-label={props.bare ? undefined : t('ui.appName')}
      aria-hidden={props.bare ? 'true' : undefined}
    >
      <path
        fill="currentColor"
        d="M20 36C8.500 27.600 4 22 4 15.400 4 10 8 6 12.800 6c3 0 5.600 1.500 7.200 4 1.600-2.500 4.200-4 7.200-4C32 6 36 10 36 15.400 36 22 31.500 27.600 20 36z"
      />
      <path class="mark-house" d="M13 21.500 20 15l7 6.500M15.500 20v6.500h9V20" />
    </svg>
  );
}

export function Wordmark(): JSX.Element {
  return (
    <div class="wordmark">
      <Mark bare />
      <b>{t('ui.appName')}</b>
    </div>
  );
}

export function House(props: { at: string }): JSX.Element {
  return (
    <g transform={props.at}>
      <path class="a-smoke" d="M33-32c-4-5 4-8 0-13s3-8 0-12" />
      <rect class="a-roof" x="29" y="-30" width="8" height="14" />
      <path class="a-roof" d="M-4-12 22-30 48-12z" />
      <path class="a-snow" d="M-4-12 22-30 48-12l-3 0L22-26-1-12z" />
      <rect class="a-wall" x="1" y="-12" width="42" height="24" />
      <rect class="a-glow" x="7" y="-6" width="11" height="10" rx="1" />
      <path class="a-bar" d="M12.500-6v10M7-1h11" />
      <rect class="a-roof" x="26" y="-7" width="10" height="19" rx="1" />
    </g>
  );
}

/** A birch with its notches, left and right by turns. */
export function Birch(props: { x: number; y: number; width: number; height: number }): JSX.Element {
  return (
    <>
      <rect class="a-bark" x={props.x} y={props.y} width={props.width} height={props.height} rx="2" />
      <For each={[0, 1, 2, 3, 4]}>
        {(index) => (
          <rect
            class="a-notch"
            x={props.x + (index % 2 === 0 ? props.width * 0.45 : 0)}
            y={props.y + 8 + (index * (props.height - 17)) / 4.8}
            width={props.width * 0.55}
            height="2"
            rx="1"
          />
        )}
      </For>
    </>
  );
}

/** The strip behind the date on the home screen. */
export function ArtHome(): JSX.Element {
  return (
    <svg class="art" viewBox="0 0 360 118" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect class="a-sky" width="360" height="118" />
      <circle class="a-sun" cx="232" cy="56" r="13" />
      <path class="a-far" d="M0 73C50 47 101 52 151 68S266 42 360 59V118H0z" />
      <path class="a-mid" d="M0 94C72 73 137 80 198 92S310 68 360 83V118H0z" />
      <path class="a-snow" d="M0 112C90 97 216 99 360 109V118H0z" />
      <House at="translate(262 104) scale(0.9)" />
      <Birch x={326} y={44} width={6} height={74} />
      <Birch x={342} y={30} width={7} height={88} />
    </svg>
  );
}

/** Nothing to do: the kettle of soup is on. */
export function ArtEmpty(): JSX.Element {
  return (
    <svg class="art" viewBox="0 0 320 180" aria-hidden="true">
      <rect class="a-sky" width="320" height="180" />
      <circle class="a-sun" cx="216" cy="76" r="23" />
      <path class="a-far" d="M0 112C45 72 90 79 134 104S237 65 320 90V180H0z" />
      <path class="a-mid" d="M0 144C64 112 122 122 176 140S275 104 320 126V180H0z" />
      <path class="a-snow" d="M0 171C80 148 192 151 320 166V180H0z" />
      <House at="translate(64 150) scale(1.7)" />
      <Birch x={262} y={72} width={8} height={104} />
      <Birch x={284} y={56} width={9} height={124} />
      <g transform="translate(196 150)">
        <path class="a-roof" d="M-22 0h44l-4 20h-36z" />
        <path class="a-smoke" d="M-14-8c4-4-4-6 0-11M0-8c4-4-4-6 0-11M14-8c4-4-4-6 0-11" />
        <ellipse class="a-glow" cx="0" cy="0" rx="22" ry="5" />
      </g>
    </svg>
  );
}

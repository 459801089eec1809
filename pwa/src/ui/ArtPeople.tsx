/** The drawings with people in them: of the first run and the sign-in, which most days nobody sees. */
import type { JSX } from 'solid-js';
import { Birch, House } from './Art';

function Person(props: { at: string; dress: 'pine' | 'slate' }): JSX.Element {
  return (
    <g transform={props.at} class={props.dress}>
      <path class="a-coat" d="M-17 0c-2-30 2-46 17-46s19 16 17 46z" />
      <circle class="a-skin" cx="0" cy="-58" r="12.500" />
      <path class="a-hair" d="M-13-60c0-11 6-16 13-16s13 5 13 16c-8-4-18-4-26 0z" />
      <path class="a-scarf" d="M-11-47c7 4 15 4 22 0l1 6c-8 4-16 4-24 0z" />
      <ellipse class="a-snow" cx="0" cy="1" rx="26" ry="6" />
      <path class="a-arm" d="M13-36c7 6 10 12 15 15" />
    </g>
  );
}

/** Two people at a house: the first run on the phone. */
export function ArtFirstRun(): JSX.Element {
  return (
    <svg class="art" viewBox="0 0 360 252" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect class="a-sky" width="360" height="252" />
      <circle class="a-sun" cx="92" cy="106" r="32" />
      <path class="a-far" d="M0 156C50 101 101 111 151 146S266 91 360 126V252H0z" />
      <path class="a-mid" d="M0 202C72 156 137 171 198 196S310 146 360 176V252H0z" />
      <path class="a-snow" d="M0 239C90 207 216 212 360 232V252H0z" />
      <House at="translate(178 219) scale(2)" />
      <Birch x={20} y={128} width={9} height={120} />
      <Birch x={44} y={102} width={10} height={150} />
      <Birch x={334} y={112} width={10} height={138} />
      <Person at="translate(138 238) scale(0.95)" dress="pine" />
      <Person at="translate(303 238) scale(-0.88 0.88)" dress="slate" />
    </svg>
  );
}

/** The same, tall: the desk's sign-in. */
export function ArtSignIn(): JSX.Element {
  return (
    <svg class="art" viewBox="0 0 806 768" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect class="a-sky" width="806" height="768" />
      <circle class="a-sun" cx="560" cy="323" r="98" />
      <path class="a-far" d="M0 476C113 307 226 338 339 445S596 276 806 384V768H0z" />
      <path class="a-mid" d="M0 614C161 476 306 522 443 599S693 445 806 538V768H0z" />
      <path class="a-snow" d="M0 730C202 630 484 645 806 707V768H0z" />
      <House at="translate(420 638) scale(3.2)" />
      <Birch x={52} y={438} width={18} height={330} />
      <Birch x={100} y={358} width={22} height={410} />
      <Birch x={700} y={388} width={20} height={380} />
      <Birch x={748} y={318} width={24} height={450} />
      <Person at="translate(340 706) scale(1.7)" dress="pine" />
      <Person at="translate(606 706) scale(-1.56 1.56)" dress="slate" />
    </svg>
  );
}

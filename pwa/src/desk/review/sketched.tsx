/** A way or an area on squared paper, as the phone drew it: fetched when an answer is one. */
import '../../i18n/areas/forms';
import type { JSX } from 'solid-js';
import { Sketch } from '../../forms';
import type { Line } from './lines';

export default function Sketched(props: { line: Line; what: string }): JSX.Element {
  const spots = () =>
    props.line.points.map(({ lat, lon }) => ({ lat: Number(lat), lon: Number(lon), alt: 0, accuracy: 0 }));
  return <Sketch spots={spots()} closed={props.line.closed} what={props.what} />;
}

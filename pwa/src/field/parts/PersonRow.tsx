/** A person in a list: ring, name, age, address, and the right word. */
import type { JSX } from 'solid-js';
import { Row } from '../../ui';
import type { Address } from '../model/address';
import { rightWord, ringOf, type Stands } from '../model/right-word';
import { AddressWords } from './AddressWords';
import { ageWords, rightWords, shortAddressWords } from '../words';

export interface PersonLine {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly age: number | null;
  readonly address: Address;
  /** null: only somebody to choose, nothing is due */
  readonly stands: Stands | null;
  /** looked in on every day */
  readonly daily: boolean;
  /** a check-in there keeps where it was */
  readonly locates: boolean;
  /** no person but what somebody asks help with */
  readonly matter: boolean;
}

/** No ring where nothing is due today. */
const still = ({ stands, daily }: PersonLine): boolean => stands === null || (!daily && stands.state !== 'draft');

export function PersonRow(props: {
  person: PersonLine;
  today: string;
  onOpen: (event: MouseEvent) => void;
}): JSX.Element {
  const address = () => shortAddressWords(props.person.address);
  const word = () => (props.person.stands === null ? null : rightWord(props.person.stands));
  const end = () => {
    const said = word();
    return said === null || (said.at === 'new' && still(props.person)) ? undefined : rightWords(said, props.today);
  };
  return (
    <Row
      {...(props.person.stands === null || still(props.person)
        ? { icon: props.person.matter ? ('file-text' as const) : ('user' as const) }
        : { ring: ringOf(props.person.stands) })}
      name={props.person.name}
      small={ageWords(props.person.age)}
      cap={address() === '' ? undefined : <AddressWords words={address()} />}
      end={word()?.at === 'draft' ? <b>{end()}</b> : end()}
      urgent={word()?.at === 'missed'}
      href={props.person.href}
      onOpen={(event) => props.onOpen(event)}
    />
  );
}

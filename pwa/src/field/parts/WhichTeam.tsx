/**
 * For which of her teams she records. The one that looks after the person stands first and is chosen; only that one is
 * shown, because the buttons at the door must not leave the screen for the sake of a list.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { type Both, inWords, t } from '../../i18n';
import { Button, Choices } from '../../ui';

export interface WhichTeamProps {
  teams: readonly { readonly id: string; readonly name: Both }[];
  team: string | null;
  onTeam: (team: string) => void;
}

export function WhichTeam(props: WhichTeamProps): JSX.Element {
  const [unfolded, unfold] = createSignal(false);
  const chosen = () => props.teams.find(({ id }) => id === props.team);
  const folded = () => (props.teams.length > 1 && !unfolded() ? chosen() : undefined);
  return (
    <Show
      when={folded()}
      fallback={
        <Show when={props.teams.length > 1}>
          <Choices
            label={t('field.whichTeam')}
            options={props.teams.map((team) => ({ value: team.id, label: inWords(team.name) }))}
            chosen={props.team === null ? [] : [props.team]}
            onChoose={([team]) => {
              unfold(false);
              if (team !== undefined) props.onTeam(team);
            }}
          />
        </Show>
      }
    >
      {(team) => (
        <Button kind="bare" icon="users" class="which-team" onClick={() => unfold(true)}>
          {t('field.otherTeam', { team: inWords(team().name) })}
        </Button>
      )}
    </Show>
  );
}

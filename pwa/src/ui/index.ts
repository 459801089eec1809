import './styles.css';

export { ArtHome, Mark, Wordmark } from './Art';
export { ArtFirstRun, ArtSignIn } from './ArtPeople';
export { type Left, type Tab, TabBar, TopBar, type TopBarProps, UrgentButton, type Where, WhereLine } from './Bars';
export { Button, type ButtonProps } from './Button';
export { Chip, DemoTag, type State, stateIcon, states } from './Chip';
export { Choice, type ChoiceProps, Choices, type ChoicesProps, type Option } from './Choice';
export { Empty, Loading } from './Empty';
export { Field, FieldError, type FieldProps, TextArea, TextField, type TextFieldProps, type Wired } from './Field';
export { Dot, Icon } from './Icon';
export type { IconName } from './icons';
export { Card, List, type Ring, Row, type RowProps } from './List';
export { setTextStep, setTheme, type TextStep, type Theme, textStep, textSteps, theme, themes } from './look';
export { Dialog, type OverlayProps, Sheet } from './Overlay';
export { Bar, Steps } from './Progress';
export { Segments, type SegmentsProps } from './Segments';
export { toast, Toasts, undoToast } from './Toast';
export { newVersion, startWorker, useNewVersion } from './worker';

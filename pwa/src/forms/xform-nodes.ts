/**
 * The engine's nodes as those of model.ts. Each engine node has one node of ours for as long as it lives, and each
 * choice one option for each value, so that lists on the screen keep their elements (and the focus) when words change.
 *
 * What is read of an engine node is written down here: the engine's own types refer to a package that is not published,
 * so that most of them come out as `any` and would check nothing.
 */
import type {
  Accuracies,
  Bounds,
  Calculated,
  FormNode,
  Group,
  Media,
  Note,
  Option,
  Question,
  QuestionKind,
  Repeat,
  Row,
  Unknown,
  Violation,
} from './model';

type Source = { readonly pathname: string } | undefined;
type Words = {
  readonly asString: string;
  readonly imageSource?: Source;
  readonly audioSource?: Source;
  readonly videoSource?: Source;
} | null;
type Items = readonly { readonly value: string; readonly label: Words }[];

export interface EngineNode {
  readonly nodeType: string;
  readonly valueType?: string;
  readonly selectType?: string;
  /** Of an upload: 'image' of `image/*`. Of a position: metres. */
  readonly nodeOptions?: {
    readonly media?: { readonly type: string | null };
    readonly accuracyThreshold?: number | null;
    readonly unacceptableAccuracyThreshold?: number | null;
  } | null;
  readonly maxPixels?: number | null;
  readonly appearances: Iterable<string> | null;
  readonly definition: {
    readonly bind: { readonly constraint: { readonly expression: string } };
    /** Of a range, in the words of XForms; whole numbers are bigints. */
    readonly bounds?: Readonly<Record<'start' | 'end' | 'step', unknown>>;
  };
  readonly currentState: {
    readonly reference: string;
    readonly relevant: boolean;
    readonly required: boolean;
    readonly readonly: boolean;
    readonly label: Words;
    readonly hint: Words;
    readonly children: readonly EngineNode[] | null;
    readonly valueOptions: Items | null;
    readonly instanceValue?: string;
  };
  readonly validationState: {
    readonly violation?: { readonly condition: Violation['condition']; readonly message: Words } | null;
  };
  /** Of a choice or a rank: what was chosen, offered just now or not. */
  readonly valueState?: readonly [() => unknown, (chosen: readonly string[]) => unknown];
  setValue?(value: string | File | boolean): unknown;
  setValues?(values: readonly string[]): unknown;
  selectValues?(values: readonly string[]): unknown;
  addInstances?(after?: number, count?: number): unknown;
  removeInstances?(start: number, count?: number): unknown;
}

/** What publishing puts into each row, by which it stays the same one over revisions. */
const ROW_ID = 'row_id';

const KINDS: Readonly<Record<string, QuestionKind>> = {
  string: 'text',
  int: 'integer',
  decimal: 'decimal',
  date: 'date',
  time: 'time',
  dateTime: 'dateTime',
  geopoint: 'geopoint',
  geotrace: 'geotrace',
  geoshape: 'geoshape',
  barcode: 'barcode',
};

/** What an upload takes, by the first half of its media type; blank is the type `file`, of any. */
const UPLOADS: Readonly<Record<string, QuestionKind>> = { image: 'image', audio: 'audio', video: 'video', '': 'file' };

/** Their choices may follow from another answer. */
const CHOSEN: ReadonlySet<QuestionKind> = new Set(['one', 'many', 'rank']);

/** A sign, and no subtraction: a year of birth is at most "this year - 16", and never below zero. */
const BELOW_ZERO = /(?:^|[<>=(,]|\b(?:and|or))\s*-\s*\d/;

/** How XLSForm authors write that one choice excludes the others. */
const ALONE = /not\(\s*selected\(\s*\.\s*,\s*'([^']*)'\s*\)\s*\)\s*or\s*count-selected\(\s*\.\s*\)\s*=\s*1/;

export class Nodes {
  private readonly shown = new WeakMap<EngineNode, FormNode>();
  private readonly engines = new WeakMap<FormNode, EngineNode>();
  readonly root: Group;

  constructor(root: EngineNode) {
    this.root = new ShownGroup(root, this, null);
  }

  /** `row`: the innermost that it stands in. */
  of(node: EngineNode, row: ShownRow | null): FormNode {
    return this.known(node, () => this.make(node, row));
  }

  rowOf(node: EngineNode, repeat: ShownRepeat, outer: ShownRow | null): ShownRow {
    return this.known(node, () => new ShownRow(node, this, repeat, outer)) as ShownRow;
  }

  private known(node: EngineNode, make: () => FormNode): FormNode {
    const known = this.shown.get(node);
    if (known !== undefined) return known;
    const made = make();
    this.shown.set(node, made);
    this.engines.set(made, node);
    return made;
  }

  engineOf(node: FormNode): EngineNode | undefined {
    return this.engines.get(node);
  }

  private make(node: EngineNode, row: ShownRow | null): FormNode {
    switch (node.nodeType) {
      case 'group':
        return new ShownGroup(node, this, row);
      case 'repeat-range:controlled':
      case 'repeat-range:uncontrolled':
        return new ShownRepeat(node, this, row);
      case 'note':
        return new ShownNote(node, row);
      case 'model-value':
        return new ShownCalculated(node, row);
      case 'input': {
        const kind = KINDS[node.valueType ?? ''];
        return kind === undefined ? new ShownUnknown(node, row) : new ShownQuestion(node, kind, row);
      }
      case 'select':
        return new ShownQuestion(node, node.selectType === 'select1' ? 'one' : 'many', row);
      case 'rank':
        return new ShownQuestion(node, 'rank', row);
      case 'range':
        return new ShownQuestion(node, 'range', row);
      case 'trigger':
        return new ShownQuestion(node, 'yes', row);
      case 'upload': {
        const kind = UPLOADS[node.nodeOptions?.media?.type ?? ''];
        return kind === undefined ? new ShownUnknown(node, row) : new ShownQuestion(node, kind, row);
      }
      default:
        return new ShownUnknown(node, row);
    }
  }
}

abstract class Shown {
  constructor(
    protected readonly node: EngineNode,
    protected readonly row: ShownRow | null,
  ) {}

  get path(): string {
    return this.node.currentState.reference;
  }

  get identity(): string {
    return identityBelow(this.row, this.path);
  }

  get relevant(): boolean {
    return this.node.currentState.relevant;
  }

  get label(): string {
    return plain(this.node.currentState.label);
  }

  get media(): Media {
    return mediaOf(this.node.currentState.label);
  }

  get hint(): string {
    return plain(this.node.currentState.hint);
  }

  get value(): string {
    return this.node.currentState.instanceValue ?? '';
  }

  get violation(): Violation | null {
    const { violation = null } = this.node.validationState;
    return violation === null ? null : { condition: violation.condition, words: plain(violation.message) || null };
  }
}

class ShownGroup extends Shown implements Group {
  readonly kind = 'group';
  readonly page: boolean;

  constructor(
    node: EngineNode,
    private readonly nodes: Nodes,
    row: ShownRow | null,
  ) {
    super(node, row);
    this.page = isPage(node);
  }

  get children(): readonly FormNode[] {
    return (this.node.currentState.children ?? []).map((child) => this.nodes.of(child, this.row));
  }
}

class ShownRepeat extends Shown implements Repeat {
  readonly kind = 'repeat';
  readonly counted: boolean;

  constructor(
    node: EngineNode,
    private readonly nodes: Nodes,
    row: ShownRow | null,
  ) {
    super(node, row);
    this.counted = node.nodeType === 'repeat-range:controlled';
  }

  get rows(): readonly ShownRow[] {
    return (this.node.currentState.children ?? []).map((child) => this.nodes.rowOf(child, this, this.row));
  }
}

class ShownRow extends Shown implements Row {
  readonly kind = 'row';
  readonly page: boolean;
  readonly counted: boolean;
  private lastId = '';

  constructor(
    node: EngineNode,
    private readonly nodes: Nodes,
    private readonly repeat: ShownRepeat,
    outer: ShownRow | null,
  ) {
    super(node, outer);
    this.page = isPage(node);
    this.counted = repeat.counted;
  }

  get n(): number {
    return Number(/\[(\d+)\]$/.exec(this.path)?.[1] ?? 1);
  }

  override get label(): string {
    return this.repeat.label;
  }

  override get media(): Media {
    return this.repeat.media;
  }

  get children(): readonly FormNode[] {
    return (this.node.currentState.children ?? []).map((child) => this.nodes.of(child, this));
  }

  /** Its identity is blank while it is hidden, and does not change. */
  override get identity(): string {
    const named = (child: EngineNode) => child.currentState.reference.endsWith(`/${ROW_ID}`);
    const id = this.node.currentState.children?.find(named)?.currentState.instanceValue ?? '';
    if (id !== '') this.lastId = id;
    return `${identityBelow(this.row, this.repeat.path)}[${this.lastId || String(this.n)}]`;
  }
}

function identityBelow(row: ShownRow | null, path: string): string {
  return row === null ? path : row.identity + path.slice(row.path.length);
}

function isPage(node: EngineNode): boolean {
  return [...(node.appearances ?? [])].includes('field-list');
}

class ShownNote extends Shown implements Note {
  readonly kind = 'note';
}

class ShownCalculated extends Shown implements Calculated {
  readonly kind = 'calculated';
}

class ShownUnknown extends Shown implements Unknown {
  readonly kind = 'unknown';

  get what(): string {
    return this.node.nodeType === 'input' ? (this.node.valueType ?? 'input') : this.node.nodeType;
  }
}

class ShownQuestion extends Shown implements Question {
  readonly appearances: ReadonlySet<string>;
  readonly signed: boolean;
  readonly exclusive: string | null;
  readonly bounds: Bounds | null;
  readonly accuracy: Accuracies;
  readonly maxPixels: number | null;
  private readonly known = new Map<string, Option>();
  private labels: readonly [Items, ReadonlyMap<string, Words>] | null = null;

  constructor(
    node: EngineNode,
    readonly kind: QuestionKind,
    row: ShownRow | null,
  ) {
    super(node, row);
    this.appearances = new Set(node.appearances ?? []);
    const { bind, bounds } = node.definition;
    const { expression } = bind.constraint;
    this.bounds = bounds === undefined ? null : boundsOf(bounds);
    this.signed = BELOW_ZERO.test(expression);
    this.exclusive = ALONE.exec(expression)?.[1] ?? null;
    const { accuracyThreshold = null, unacceptableAccuracyThreshold = null } = node.nodeOptions ?? {};
    this.accuracy = { good: accuracyThreshold, poor: unacceptableAccuracyThreshold };
    this.maxPixels = node.maxPixels ?? null;
  }

  /** Of all nodes only an upload keeps its value while it is not relevant. */
  override get value(): string {
    return this.relevant ? super.value : '';
  }

  get held(): string {
    const chosen = this.relevant && CHOSEN.has(this.kind) ? this.node.valueState?.[0]() : null;
    return Array.isArray(chosen) ? chosen.join(' ') : this.value;
  }

  get required(): boolean {
    return this.node.currentState.required;
  }

  get locked(): boolean {
    return this.node.currentState.readonly;
  }

  get options(): readonly Option[] {
    return (this.node.currentState.valueOptions ?? []).map(({ value }) => this.option(value));
  }

  private option(value: string): Option {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const words = () => this.labelsNow().get(value) ?? null;
    const option: Option = {
      value,
      get label() {
        return plain(words());
      },
      get media() {
        return mediaOf(words());
      },
    };
    this.known.set(value, option);
    return option;
  }

  /** A map for each state of the list: 300 rows would otherwise be searched 300 times for one screen. */
  private labelsNow(): ReadonlyMap<string, Words> {
    const items = this.node.currentState.valueOptions ?? [];
    if (this.labels?.[0] !== items) this.labels = [items, new Map(items.map(({ value, label }) => [value, label]))];
    return this.labels[1];
  }
}

function boundsOf({ start, end, step }: Readonly<Record<'start' | 'end' | 'step', unknown>>): Bounds {
  return { min: Number(start), max: Number(end), step: Number(step) };
}

function mediaOf(words: Words): Media {
  return { image: nameIn(words?.imageSource), audio: nameIn(words?.audioSource), video: nameIn(words?.videoSource) };
}

/** Of `jr://images/a.png`, whose host says what kind of file it is. */
function nameIn(source: Source): string | null {
  return source === undefined ? null : decodeURIComponent(source.pathname.slice(1));
}

/** pyxform leaves spaces round what a label quotes. */
function plain(words: Words): string {
  return words?.asString.trim().replace(/ {2,}/g, ' ') ?? '';
}

import { Set as ImmutableSet, type ValueObject } from "immutable";

/**
 * An opaque name out of a declared finite set: `rm2` of the resource managers.
 *
 * Identities are values of their own kind, never text inside another value, so that a state's
 * identities can be renamed by one structural map. Two identities are equal when their kind and
 * index are; they print as kind and index (`rm2`), counted from 1, or as a name given to them.
 */
export class Identity<Kind extends string = string> implements ValueObject {
  readonly kind: Kind;
  /** Position in the declared set, from 0. */
  readonly index: number;
  readonly name: string;

  constructor(kind: Kind, index: number, name = `${kind}${index + 1}`) {
    this.kind = kind;
    this.index = index;
    this.name = name;
    Object.freeze(this);
  }

  equals(other: unknown): boolean {
    return (
      this === other ||
      (other instanceof Identity && other.kind === this.kind && other.index === this.index)
    );
  }

  /** The low bits are the index, so that an Immutable set of up to 32 is walked in order. */
  hashCode(): number {
    let hash = 0;
    for (let i = 0; i < this.kind.length; i++)
      hash = (Math.imul(hash, 31) + this.kind.charCodeAt(i)) | 0;
    return ((hash << 5) + this.index) | 0;
  }

  toString(): string {
    return this.name;
  }

  toJSON(): string {
    return this.name;
  }
}

/** The set {kind1, …, kind`count`} of identities, in order. */
export function identities<Kind extends string>(
  kind: Kind,
  count: number,
): ImmutableSet<Identity<Kind>> {
  return ImmutableSet(Array.from({ length: count }, (_, index) => new Identity(kind, index)));
}

/** A single identity with a name of its own: `identity("coordinator")`. */
export function identity<Kind extends string>(kind: Kind): Identity<Kind> {
  return new Identity(kind, 0, kind);
}

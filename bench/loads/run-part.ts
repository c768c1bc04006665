import { sumUpProfile } from '../profile/sum-up-profile.ts';
import type { Aim, Figures, Measured, Outcome, Part, PartResult, Started } from './load.ts';

/** Measures the subjects in turn, so that what else the machine does meets all alike; each round by itself shows how much that is. */
export async function runPart<Turn, Name extends string, S extends Started>(
  part: Part<Turn, Name, S>,
): Promise<PartResult> {
  const rounds = Math.min(part.rounds, Number(process.env.ROUNDS ?? part.rounds));
  const started: S[] = [];
  const begin = async (name: Name, isProfiled: boolean) => {
    const subject = await part.start(name, isProfiled);
    started.push(subject);
    return part.begin(subject, name);
  };
  const stopAll = () => Promise.all(started.splice(0).map((subject) => subject.stop()));

  const all: { name: Name; takeTurn: () => Promise<Turn>; figures: Figures[] }[] = [];
  for (const name of part.subjects) all.push({ name, takeTurn: await begin(name, false), figures: [] });
  for (let round = 0; round < rounds; round++) {
    const taken = new Map<Name, Turn[]>(part.subjects.map((name) => [name, []]));
    for (let turn = 0; turn < part.turns; turn++)
      // Another order each time, so that no subject always follows the same one.
      for (const i of all.keys()) {
        const one = all[(i + turn + round) % all.length];
        if (one) taken.get(one.name)?.push(await one.takeTurn());
      }
    for (const { name, figures } of all) figures.push(part.figuresOf(taken.get(name) ?? []));
  }
  await stopAll();

  const profiles: PartResult['profiles'] = {};
  for (const name of part.profiled) {
    const takeTurn = await begin(name, true);
    for (const { profiles } of started) profiles.length = 0;
    for (let turn = 0; turn < part.turns; turn++) await takeTurn();
    profiles[name] = sumUpProfile(started.flatMap((subject) => subject.profiles));
    await stopAll();
  }

  const roundsOf: Record<string, readonly Figures[]> = Object.fromEntries(
    all.map(({ name, figures }) => [name, figures]),
  );
  return {
    title: part.title,
    what: part.what,
    rounds,
    turns: part.turns,
    figures: Object.fromEntries(all.map(({ name, figures }) => [name, overRounds(figures)])),
    outcomes: part.aims.map((aim) => outcomeOf(aim, roundsOf)),
    profiles,
  };
}

function overRounds(rounds: readonly Figures[]): Record<string, Measured> {
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, measuredOf(rounds.map((figures) => figures[name] ?? Number.NaN))]),
  );
}

function outcomeOf({ what, of, than, bound }: Aim, rounds: Record<string, readonly Figures[]>): Outcome {
  const value = ([name, figure]: Aim['of'], round: number) => rounds[name]?.[round]?.[figure] ?? Number.NaN;
  const measured = measuredOf((rounds[of[0]] ?? []).map((_, round) => value(of, round) / value(than, round)));
  const met = 'atMost' in bound ? measured.median <= bound.atMost : measured.median >= bound.atLeast;
  return { what, bound, ...measured, met };
}

function measuredOf(values: readonly number[]): Measured {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (i: number) => sorted[i] ?? Number.NaN;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, least: at(0), most: at(sorted.length - 1) };
}

import { sumUpProfile } from '../profile/sum-up-profile.ts';
import { startBaseline } from '../subjects/baseline.ts';
import type { Subject } from '../subjects/subject.ts';
import { startTicketrail } from '../subjects/ticketrail.ts';
import type { Aim, Figures, Measured, Outcome, Part, PartResult, SubjectName } from './load.ts';
import { databaseOfNodes } from './postgres-database.ts';

/** Measures the subjects in turn, so that what else the machine does meets all alike; each round by itself shows how much that is. */
export async function runPart<Turn>(part: Part<Turn>): Promise<PartResult> {
  const rounds = Math.min(part.rounds, Number(process.env.ROUNDS ?? part.rounds));
  const subjects: Subject[] = [];
  const start = (name: SubjectName, isProfiled: boolean) => async () => {
    const subject = await startSubject(name, isProfiled);
    subjects.push(subject);
    return subject;
  };
  const stopAll = () => Promise.all(subjects.splice(0).map((subject) => subject.stop()));

  const all: { name: SubjectName; takeTurn: () => Promise<Turn>; figures: Figures[] }[] = [];
  for (const name of part.subjects)
    all.push({ name, takeTurn: await part.begin(start(name, false), name), figures: [] });
  for (let round = 0; round < rounds; round++) {
    const taken = new Map<SubjectName, Turn[]>(part.subjects.map((name) => [name, []]));
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
    const takeTurn = await part.begin(start(name, true), name);
    subjects.forEach((subject) => void subject.profiles.splice(0));
    for (let turn = 0; turn < part.turns; turn++) await takeTurn();
    profiles[name] = sumUpProfile(subjects.flatMap((subject) => subject.profiles));
    await stopAll();
  }

  const roundsOf = Object.fromEntries(all.map(({ name, figures }) => [name, figures]));
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

async function startSubject(name: SubjectName, isProfiled: boolean): Promise<Subject> {
  if (name === 'ws-full') return startBaseline('ws-server', 'FULL');
  if (name === 'ws-normal') return startBaseline('ws-server', 'NORMAL');
  if (name === 'socket-io') return startBaseline('socket-io-server');
  if (name === 'ticketrail') return startTicketrail({ isProfiled });
  return startTicketrail({ databaseUrl: await databaseOfNodes(), nodes: name === 'postgres-2' ? 2 : 1, isProfiled });
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

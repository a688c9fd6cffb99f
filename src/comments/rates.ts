/**
 * Limits by the generic cell rate algorithm (ITU-T I.371, Annex A): of each name one instant is kept, until when
 * what was done so far counts. Each time moves it on by period / count; beyond a period from now is too much.
 */
import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { RateLimited } from '../core/refusal';
import { prepared, type Reader, type Tx } from '../database';
import type { Rate } from './comment.settings';

/** @throws RateLimited where it would be one too many by now; nothing is counted */
export async function checkRates(
  reader: Reader,
  who: string,
  rates: readonly Rate[],
  now: Instant,
): Promise<void> {
  const rows = await untils(reader, { names: rates.map((rate) => nameOf(who, rate)) });
  const known = new Map(rows.map(({ name, until }) => [name, until]));
  for (const rate of rates) refuseBeyond(known.get(nameOf(who, rate)) ?? now, rate, now);
}

/** Counts one. @throws RateLimited where it is one too many */
export async function takeRates(tx: Tx, who: string, rates: readonly Rate[], now: Instant): Promise<void> {
  for (const rate of rates) {
    const step = Math.ceil(rate.period / rate.count);
    const name = nameOf(who, rate);
    const latest = now + rate.period - step;
    const taken = await tx.rows(
      sql`insert into rates (name, until) values (${name}, ${now + step})
          on conflict (name) do update set until = case when rates.until between ${now} and ${latest} then rates.until else ${now} end + ${step}
          where rates.until <= ${latest} or rates.until > ${now + rate.period}
          returning name`,
    );
    if (taken.length > 0) continue;
    const [row] = await untils(tx, { names: [name] });
    refuseBeyond(row?.until ?? now, rate, now);
    throw tooMany(1);
  }
}

/** Under which name it is counted how often somebody reports. */
export function reporterRate(who: string): string {
  return `report ${who}`;
}

/** Forgets how often somebody did something. */
export async function forgetRates(tx: Tx, who: readonly string[], rates: readonly Rate[]): Promise<void> {
  const { name } = tx.tables.rates;
  await tx.execute(sql`delete from rates where ${tx.portable.among(name, 'names')}`, {
    names: who.flatMap((each) => rates.map((rate) => nameOf(each, rate))),
  });
}

/** Forgets what counts no more. Returns how many there were, at most `limit`. */
export async function sweepRates(tx: Tx, now: Instant, limit: number): Promise<number> {
  const gone = await tx.rows(
    sql`delete from rates where name in (select name from rates where until < ${now} order by until limit ${limit}) returning name`,
  );
  return gone.length;
}

/** What is further off than a period is from before the clock was set back: nobody has to wait for that. */
function refuseBeyond(until: Instant, { count, period }: Rate, now: Instant): void {
  if (until > now + period) return;
  const wait = until + Math.ceil(period / count) - now - period;
  if (wait > 0) throw tooMany(Math.max(1, Math.ceil(wait / 1_000)));
}

function tooMany(seconds: number): RateLimited {
  const time = seconds === 1 ? 'a second' : `${seconds} seconds`;
  return new RateLimited(seconds, `That was too much in too short a time. Try again in ${time}.`);
}

function nameOf(who: string, { count, period }: Rate): string {
  return `${who} ${count}/${period}`;
}

const untils = prepared(({ tables: { rates: r }, portable }) => ({
  select: { name: r.name, until: r.until },
  from: sql`${r} where ${portable.among(r.name, 'names')}`,
}));

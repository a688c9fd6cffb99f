import type { ImportProgress } from '../importers';
import { type Progress, progressBar } from './progress';

/** What is shown while a phase of an import runs: each has a bar of its own, as each goes at its own pace. */
const PHASES: Readonly<Record<ImportProgress['phase'], { readonly label: string; readonly unit?: string }>> =
  {
    RECEIVE: { label: 'Receiving', unit: 'MB' },
    SURVEY: { label: 'Looking through' },
    ARTICLES: { label: 'Importing', unit: 'articles' },
  };

const MEGABYTE = 1_000_000;

/** Shows how an import comes along. */
export function importProgress(): { show(progress: ImportProgress): void; end(): void } {
  let phase: ImportProgress['phase'] | undefined;
  let bar: Progress | undefined;
  return {
    show: (progress) => {
      if (progress.phase !== phase) {
        bar?.end();
        ({ phase } = progress);
        bar = progressBar(PHASES[phase].label, PHASES[phase].unit);
      }
      bar?.show(progress.share, progress.phase === 'RECEIVE' ? progress.bytes / MEGABYTE : progress.articles);
    },
    end: () => bar?.end(),
  };
}

import type { SampleArticle } from '../types';
import { backgroundArticles } from './background';
import { betweenArticles } from './between';
import { borderClosureArticles } from './border-closure';
import { deskArticles } from './desk';
import { elsewhereArticles } from './elsewhere';
import { mediationArticles } from './mediation';
import { refugeeDeadlineArticles } from './refugee-deadline';
import { talksArticles } from './talks';
import { arabicTranslations } from './translations/arabic';
import { dariTranslations } from './translations/dari';
import { pashtoTranslations } from './translations/pashto';
import { urduTranslations } from './translations/urdu';

/** Originals first, so that every translation comes after what it translates. */
export const sampleArticles: SampleArticle[] = [
  ...backgroundArticles,
  ...borderClosureArticles,
  ...betweenArticles,
  ...talksArticles,
  ...refugeeDeadlineArticles,
  ...mediationArticles,
  ...elsewhereArticles,
  ...deskArticles,
  ...dariTranslations,
  ...pashtoTranslations,
  ...urduTranslations,
  ...arabicTranslations,
];

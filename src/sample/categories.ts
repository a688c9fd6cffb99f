import type { SampleCategory } from './types';

export const sampleCategories: SampleCategory[] = [
  {
    slug: 'afghanistan',
    name: 'Afghanistan',
    description: 'Everything filed from Afghanistan or about it.',
    topic: 'afghanistan',
  },
  {
    slug: 'pakistan',
    name: 'Pakistan',
    description: 'Everything filed from Pakistan or about it.',
    topic: 'pakistan',
  },
  {
    slug: 'analysis-opinion',
    name: 'Analysis & Opinion',
    description: 'Background from our editors, and views that are their authors’ own.',
  },
  {
    slug: 'analysis',
    name: 'Analysis',
    description: 'What the facts add up to, and what is not known.',
    parent: 'analysis-opinion',
  },
  {
    slug: 'opinion',
    name: 'Opinion',
    description: 'Signed views.',
    parent: 'analysis-opinion',
  },
  { slug: 'economy', name: 'Economy', description: 'Trade, prices, farming and work.' },
  {
    slug: 'government',
    name: 'Government',
    description: 'Decisions of the authorities, and how they are carried out.',
  },
  { slug: 'peace', name: 'Peace', description: 'Talks, mediation and what comes of them.' },
  { slug: 'politics', name: 'Politics', description: 'Diplomacy and domestic politics.' },
  { slug: 'security', name: 'Security', description: 'Borders, policing and armed groups.' },
  { slug: 'society', name: 'Society', description: 'Schools, health, cities and people who move.' },
  { slug: 'threats', name: 'Threats', description: 'Warnings and accusations, and what supports them.' },
];

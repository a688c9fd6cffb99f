import type { SampleAuthor } from './types';

/** None of these people exists. */
export const sampleAuthors: SampleAuthor[] = [
  {
    slug: 'laila-noorzad',
    name: 'Laila Noorzad',
    bio: 'Laila Noorzad reports from Kabul on government, prices and daily life. A fictional correspondent.',
    avatarUrl: 'https://images.dateline.example/authors/laila-noorzad.jpg',
  },
  {
    slug: 'shahzeb-orakzai',
    name: 'Shahzeb Orakzai',
    bio: 'Shahzeb Orakzai covers Peshawar and the crossing at Torkham. A fictional correspondent.',
    avatarUrl: 'https://images.dateline.example/authors/shahzeb-orakzai.jpg',
  },
  {
    slug: 'sadia-mirzada',
    name: 'Sadia Mirzada',
    bio: 'Sadia Mirzada writes from Karachi about the port, customs and trade. A fictional correspondent.',
    avatarUrl: 'https://images.dateline.example/authors/sadia-mirzada.jpg',
  },
  {
    slug: 'meher-tanoli',
    name: 'Meher Tanoli',
    bio: 'Meher Tanoli follows the ministries in Islamabad. A fictional correspondent.',
  },
  {
    slug: 'zarghuna-wafadar',
    name: 'Zarghuna Wafadar',
    bio: 'Zarghuna Wafadar reports from Jalalabad and Kandahar on farming, health and people who move. A fictional correspondent.',
    avatarUrl: 'https://images.dateline.example/authors/zarghuna-wafadar.jpg',
  },
  {
    slug: 'yaqub-al-rumaihi',
    name: 'Yaqub al-Rumaihi',
    bio: 'Yaqub al-Rumaihi covers Gulf diplomacy from Doha. A fictional correspondent.',
  },
  {
    slug: 'tobias-hartwell',
    name: 'Tobias Hartwell',
    bio: 'Tobias Hartwell edits the analysis pages. A fictional editor.',
    avatarUrl: 'https://images.dateline.example/authors/tobias-hartwell.jpg',
  },
  {
    slug: 'sample-desk',
    name: 'Dateline Sample Desk',
    bio: 'Short notices and copy put together by the desk.',
  },
];

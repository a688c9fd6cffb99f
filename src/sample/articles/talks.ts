import type { SampleArticle } from '../types';

/** January to April 2026: talks in Doha, and what followed from them in Istanbul. */
export const talksArticles: SampleArticle[] = [
  {
    key: 'talks-announced',
    slug: 'afghanistan-and-pakistan-to-meet-in-doha-on-19-january',
    language: 'en',
    title: 'Afghanistan and Pakistan to Meet in Doha on 19 January',
    standfirst:
      'Both foreign ministries confirm the date within an hour of each other. Qatar will be in the room.',
    dateline: { place: 'DOHA', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['peace', 'politics'],
    primaryCategory: 'peace',
    topics: ['peace-talks', 'doha-round-2026', 'qatar', 'doha', 'afghanistan', 'pakistan', 'mediation'],
    publishedAt: '2026-01-06T10:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Delegations from Afghanistan and Pakistan will meet in Doha from 19 to 22 January, the foreign ministries in Kabul, Islamabad and Doha said on Tuesday.</p>
<p>It is to be the first formal round since the crossings were shut for sixteen days last June. Deputy ministers lead both sides. Qatar will chair the sessions and keep the minutes.</p>
<p>None of the three statements mentions an agenda. An official in Doha said that it was agreed in outline and would be “short enough to remember”.</p>`,
  },
  {
    key: 'talks-agenda',
    slug: 'what-is-on-the-table-in-doha',
    language: 'en',
    title: 'What Is on the Table in Doha',
    standfirst:
      'Four files, two of which the delegations may touch without asking at home. A guide to the round that opens on Monday.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    authors: ['meher-tanoli', 'tobias-hartwell'],
    categories: ['analysis', 'peace'],
    primaryCategory: 'analysis',
    topics: [
      'doha-round-2026',
      'peace-talks',
      'afghanistan',
      'pakistan',
      'qatar',
      'security-accusations',
      'ttp',
      'iskp',
      'refugees',
      'border-closures',
    ],
    publishedAt: '2026-01-15T07:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Officials who prepare the talks in Doha describe four files. They expect movement on two of them.</p>
<ul>
<li><strong>Crossings.</strong> Notice before a closure, and a lane for patients and perishable goods.</li>
<li><strong>The line.</strong> A joint commission for disputed posts, such as the one at Torkham.</li>
<li><strong>Armed groups.</strong> Pakistan wants action against Tehrik-i-Taliban Pakistan, Kabul wants action against Islamic State Khorasan Province.</li>
<li><strong>Refugees.</strong> Kabul asks for longer notice and for property to be respected.</li>
</ul>
<h2>Easy, and less easy</h2>
<p>The first two can be settled by the delegations. Traders have written most of the text already: it is close to the four points of their jirga in June.</p>
<p>The other two belong to people who are not coming. On armed groups, each side asks the other to admit first that there is something to stop. A paper that mentions both groups in one sentence would be new.</p>`,
  },
  {
    key: 'talks-open',
    slug: 'talks-between-kabul-and-islamabad-open-in-doha',
    language: 'en',
    title: 'Talks Between Kabul and Islamabad Open in Doha',
    standfirst:
      'The delegations sat at two sides of a long table, with Qatar at its head. The first session lasted for ninety minutes.',
    dateline: { place: 'DOHA', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['peace', 'afghanistan', 'pakistan'],
    primaryCategory: 'peace',
    topics: [
      'doha-round-2026',
      'peace-talks',
      'qatar',
      'afghanistan',
      'pakistan',
      'doha',
      'mediation',
      'taliban',
    ],
    publishedAt: '2026-01-19T11:45:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2026/01/doha-table.jpg',
      width: 1800,
      height: 1200,
      alt: 'A long conference table with water glasses, seen before the delegations arrive',
      caption: 'The conference room in Doha before the first session.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Afghanistan and Pakistan opened a round of talks in Doha on Monday with a session that both called polite and neither called warm.</p>
<p>It began with prepared statements, an official of the Qatari foreign ministry said. The delegations then agreed to start with the crossings, and to leave armed groups to the third day.</p>
<p>The Pakistani delegation has eleven members, among them officers of the border force. The Afghan one has nine, led by a deputy foreign minister, with officials of the ministries of commerce, refugees and defence.</p>
<p>At Torkham, where the outcome will be felt first, 463 trucks crossed on Monday. That is an ordinary number.</p>`,
  },
  {
    key: 'talks-crossings',
    slug: 'delegations-in-doha-agree-on-notice-before-a-closure',
    language: 'en',
    title: 'Delegations in Doha Agree on Notice Before a Closure',
    standfirst:
      'No crossing is to shut without three days’ warning, except for an armed incident. What counts as one is open.',
    dateline: { place: 'DOHA', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['peace', 'economy'],
    primaryCategory: 'peace',
    topics: [
      'doha-round-2026',
      'border-closures',
      'afghanistan',
      'pakistan',
      'qatar',
      'torkham',
      'chaman-spin-boldak',
      'trade',
    ],
    publishedAt: '2026-01-20T15:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Neither Afghanistan nor Pakistan is to close a crossing for freight without 72 hours’ notice, the delegations in Doha agreed on Tuesday, according to two people who were in the room.</p>
<p>The draft covers Torkham, Chaman and four smaller crossings. Trucks with fresh food may still pass for two days after the notice has run out.</p>
<p>An exception is made for armed incidents. The delegations spent most of the afternoon on the question of who decides whether a shot is an incident, and put the paragraph off.</p>
<p>A trader in Peshawar, told of the draft by telephone, asked whether it was signed. It was not.</p>`,
  },
  {
    key: 'talks-text-report',
    slug: 'doha-delegations-initial-text-on-armed-groups',
    language: 'en',
    title: 'Doha Delegations Initial Text on Armed Groups',
    standfirst: 'A document seen by this agency names both groups in one paragraph.',
    dateline: { place: 'DOHA', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['peace', 'security'],
    primaryCategory: 'peace',
    topics: ['doha-round-2026', 'security-accusations', 'afghanistan', 'pakistan', 'ttp', 'iskp'],
    publishedAt: '2026-01-21T16:40:00.000Z',
    status: 'WITHDRAWN',
    withdrawalNote:
      'This report was based on a document that we could not authenticate. Members of both delegations say that no such text was initialled. We withdrew it two hours after publication.',
    html: `<p>The delegations in Doha initialled a paragraph on armed groups on Wednesday, according to a document seen by this agency.</p>
<p>It says that neither side will tolerate groups that attack the other and names Tehrik-i-Taliban Pakistan and Islamic State Khorasan Province.</p>`,
  },
  {
    key: 'talks-end',
    slug: 'doha-talks-end-with-a-hotline-and-no-signature',
    language: 'en',
    title: 'Doha Talks End With a Hotline and No Signature',
    standfirst:
      'Afghanistan and Pakistan agree to a telephone line between border commands and to meet again in Turkey. On armed groups they note their views.',
    dateline: { place: 'DOHA', source: 'Dateline Sample News' },
    byline: 'Yaqub al-Rumaihi in Doha and Meher Tanoli in Islamabad',
    authors: ['yaqub-al-rumaihi', 'meher-tanoli'],
    categories: ['peace', 'politics', 'afghanistan'],
    primaryCategory: 'peace',
    topics: [
      'doha-round-2026',
      'peace-talks',
      'afghanistan',
      'pakistan',
      'qatar',
      'doha',
      'security-accusations',
      'turkey',
      'ttp',
      'taliban',
    ],
    publishedAt: '2026-01-22T18:10:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2026/01/doha-statement.jpg',
      width: 1800,
      height: 1013,
      alt: 'An empty lectern with three flags behind it',
      caption: 'The statement was read out by an official of the host.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Four days of talks between Afghanistan and Pakistan ended in Doha on Thursday evening with a statement that was read out by the host and signed by nobody.</p>
<p>It contains three decisions. A telephone line is to link the border commands in Jalalabad and Peshawar, and a second one those in Kandahar and Quetta. A commission of eight officers is to deal with disputed posts. The two sides will meet again in Turkey in April.</p>
<p>The rule of 72 hours’ notice before a closure “will be applied on trial”, the statement says. On armed groups the delegations “noted each other’s views”.</p>
<p>“We came for an address and we got a telephone number,” said an official in Islamabad. A member of the Afghan delegation said that a number was more than there had been on Sunday.</p>`,
  },
  {
    key: 'talks-analysis',
    slug: 'analysis-what-a-telephone-line-can-and-cannot-do',
    language: 'en',
    title: 'Analysis: What a Telephone Line Can and Cannot Do',
    standfirst: 'The result of Doha is small and practical. That is its strength, until the first bad night.',
    authors: ['tobias-hartwell'],
    categories: ['analysis', 'peace', 'politics'],
    primaryCategory: 'analysis',
    topics: [
      'peace-talks',
      'pakistan',
      'afghanistan',
      'doha-round-2026',
      'qatar',
      'mediation',
      'ttp',
      'afghanistan-pakistan-border',
    ],
    publishedAt: '2026-01-25T08:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Hotlines are what negotiators agree on when they cannot agree. They are also, quite often, what keeps a Tuesday from turning into a war. The round in Doha deserves to be judged by that measure.</p>
<p>Last June local commanders met at Torkham on the first night and then not again for ten days; those who resumed the conversation were merchants. A line between two commands could have shortened the silence to an hour. It would not have changed the fact that each government wanted to be seen to stand firm.</p>
<h2>The sentence that is missing</h2>
<p>Pakistan came for a commitment about the TTP. It leaves with a commission for guard posts. The Afghan side came for a promise about trade and leaves with a trial. Both can say that they gave nothing away, which is true, and which is the problem.</p>
<p>Qatar has reason to be patient. The next host has less of it: officials in Turkey have said that they would like a text before the delegations land.</p>`,
  },
  {
    key: 'hotline-first-call',
    slug: 'first-call-on-the-border-hotline-is-about-sheep',
    language: 'en',
    title: 'First Call on the Border Hotline Is About Sheep',
    standfirst:
      'Two hundred and six animals crossed the line near Torkham on Sunday night. By breakfast they were back.',
    dateline: { place: 'PESHAWAR', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['peace', 'society'],
    primaryCategory: 'peace',
    topics: ['afghanistan-pakistan-border', 'afghanistan', 'pakistan', 'torkham', 'peshawar', 'jalalabad'],
    publishedAt: '2026-02-16T06:55:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The new telephone line between the border commands in Jalalabad and Peshawar rang for the first time on Sunday night, because of 206 sheep.</p>
<p>The flock had wandered through a gap in the fence north of Torkham. A Pakistani post reported lights and movement; its officers called instead of firing a flare, a border official in Peshawar said.</p>
<p>An Afghan officer found the shepherd, who was asleep. Both sides opened a gate at five in the morning, counted, and closed it again.</p>
<p>“It is a good test,” the official said. “Everybody agrees about sheep.”</p>`,
  },
  {
    key: 'saudi-envoy-2026',
    slug: 'saudi-envoy-visits-islamabad-and-kabul-in-one-week',
    language: 'en',
    title: 'Saudi Envoy Visits Islamabad and Kabul in One Week',
    standfirst: 'Riyadh offers no table of its own, but money for a crossing that works.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    authors: ['meher-tanoli'],
    categories: ['politics', 'peace'],
    primaryCategory: 'politics',
    topics: ['saudi-arabia', 'mediation', 'pakistan', 'afghanistan', 'islamabad', 'kabul', 'torkham'],
    publishedAt: '2026-03-11T14:20:00.000Z',
    status: 'PUBLISHED',
    html: `<p>An envoy of Saudi Arabia has met officials in Islamabad and Kabul within four days to ask what would help the meeting in Turkey next month, diplomats in both cities said on Wednesday.</p>
<p>He did not propose another venue. According to two diplomats he said that Saudi Arabia could pay for new lanes, scanners and a clinic at Torkham, if the two sides agree to run them together.</p>
<p>A Pakistani official welcomed the offer. In Kabul a spokesman of the foreign ministry said that gifts for the crossing were gladly taken, and that the crossing had to stay open to be worth a gift.</p>`,
  },
  {
    key: 'istanbul-opens',
    slug: 'second-round-opens-in-istanbul-with-a-draft-on-paper',
    language: 'en',
    title: 'Second Round Opens in Istanbul With a Draft on Paper',
    standfirst: 'Turkey sent both delegations six pages in advance. They arrived with remarks in the margin.',
    dateline: { place: 'ISTANBUL', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['peace', 'politics'],
    primaryCategory: 'peace',
    topics: ['peace-talks', 'turkey', 'istanbul', 'afghanistan', 'pakistan', 'mediation'],
    publishedAt: '2026-04-13T09:35:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Afghanistan and Pakistan began a second round of talks in Istanbul on Monday, with a draft of six pages that Turkey had prepared.</p>
<p>An official of the Turkish foreign ministry said that both delegations had returned it with remarks, “more than we hoped for and fewer than we feared”.</p>
<p>The draft turns the trial rule on closures into a standing one and proposes monthly meetings of the commission for disputed posts. A paragraph on armed groups stands in brackets.</p>
<p>The round is planned for three days.</p>`,
  },
  {
    key: 'istanbul-ends',
    slug: 'istanbul-round-keeps-the-border-rule-and-drops-the-brackets',
    language: 'en',
    title: 'Istanbul Round Keeps the Border Rule and Drops the Brackets',
    standfirst: 'The notice before closures becomes permanent. The paragraph on armed groups is gone.',
    dateline: { place: 'ISTANBUL', source: 'Dateline Sample News' },
    byline: 'Yaqub al-Rumaihi in Istanbul and Laila Noorzad in Kabul',
    authors: ['yaqub-al-rumaihi', 'laila-noorzad'],
    categories: ['peace', 'politics', 'security'],
    primaryCategory: 'peace',
    topics: [
      'peace-talks',
      'turkey',
      'afghanistan',
      'pakistan',
      'istanbul',
      'security-accusations',
      'border-closures',
      'ttp',
      'iskp',
    ],
    publishedAt: '2026-04-15T17:05:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The talks in Istanbul ended on Wednesday with five pages instead of six. Afghanistan and Pakistan made the rule of 72 hours’ notice before a border closure permanent and struck out a paragraph on armed groups.</p>
<p>Turkey will keep the document. Each side signed a letter to the host in which it says that it has read the text, a form that spares them from signing the same sheet.</p>
<p>Feride Aksoylu, who studies mediation at an institute in Istanbul, said that the result was not nothing. “They have built the ground floor. Nobody lives there yet, because the roof is missing.”</p>
<p>An official in Islamabad said that the question of the TTP would now be raised “by other means, including religious ones”. He did not explain what he meant.</p>`,
  },
];

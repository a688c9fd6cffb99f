import type { SampleArticle } from '../types';

/** Late September to November 2026: clerics in Karachi carry messages, and the tone changes. */
export const mediationArticles: SampleArticle[] = [
  {
    key: 'pine-nuts-china-2026',
    slug: 'pine-nuts-fly-from-kabul-to-china-again',
    language: 'en',
    title: 'Pine Nuts Fly From Kabul to China Again',
    standfirst:
      'The first cargo flight of the season left with 22 tonnes. Exporters would rather send it by land.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'economy',
    topics: ['china', 'afghanistan', 'agriculture', 'kabul', 'trade'],
    publishedAt: '2026-09-29T06:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A cargo aircraft left Kabul for Urumqi on Monday evening with 22 tonnes of pine nuts, the first shipment of this year’s harvest to China.</p>
<p>Exporters have booked eleven more flights before December. A kilogram earns about 1,400 afghanis in the forests of Paktia and Khost and four times as much in a Chinese supermarket; the freight takes 190 of the difference.</p>
<p>By road the freight would be 60 afghanis. The land route through Pakistan is faster on the map, the exporters’ union said, but its buyers in China ask for a date of arrival and not for a map.</p>`,
  },
  {
    key: 'clerics-letter',
    slug: 'clerics-in-karachi-offer-to-carry-letters-to-kabul',
    language: 'en',
    title: 'Clerics in Karachi Offer to Carry Letters to Kabul',
    standfirst:
      'Fourteen heads of seminaries say that they can speak to people whom diplomats do not reach. Neither government has said no.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'peace', 'politics'],
    primaryCategory: 'peace',
    topics: ['mediation', 'abdul-wakeel-sarwani', 'karachi', 'pakistan', 'afghanistan', 'taliban', 'ttp'],
    publishedAt: '2026-10-08T13:30:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2026/10/karachi-seminary.jpg',
      width: 1600,
      height: 1067,
      alt: 'The courtyard of a seminary with a fountain and rows of shoes',
      caption: 'The courtyard of the seminary in which the letter was signed.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Fourteen heads of religious seminaries in Karachi have offered to mediate between Pakistan and the Taliban authorities over armed groups, a letter that was made public on Thursday says.</p>
<p>The first name under it is that of Mufti Abdul Wakeel Sarwani, a cleric of 71 whose former students sit in offices on both sides of the border. “I do not negotiate,” he said in his study. “I ask a man whom I taught to read to read something.”</p>
<p>The letter says that the soil of a Muslim neighbour must not be used to shed blood, and that closing a road against the poor is no answer. It names neither the TTP nor a government.</p>
<p>A foreign ministry official in Islamabad said that nobody needed permission to write letters. A spokesman in Kabul said that scholars were always welcome.</p>`,
  },
  {
    key: 'clerics-in-kabul',
    slug: 'karachi-clerics-spend-three-days-in-kabul',
    language: 'en',
    title: 'Karachi Clerics Spend Three Days in Kabul',
    standfirst:
      'The delegation met ministers and former students. It brought back a sentence that both sides are weighing.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    byline: 'Laila Noorzad in Kabul and Sadia Mirzada in Karachi',
    authors: ['laila-noorzad', 'sadia-mirzada'],
    categories: ['peace', 'afghanistan', 'politics'],
    primaryCategory: 'peace',
    topics: [
      'mediation',
      'afghanistan',
      'pakistan',
      'abdul-wakeel-sarwani',
      'taliban',
      'kabul',
      'karachi',
      'security-accusations',
    ],
    publishedAt: '2026-10-22T15:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Five clerics from Karachi returned home on Thursday after three days in Kabul, where they were received by officials of the foreign and interior ministries and by teachers of two seminaries.</p>
<p>Mufti Abdul Wakeel Sarwani, who led them, said on arrival that he had been given an answer “in one sentence, and I have promised to say it to those whom it concerns”. Two people who know the sentence said that it speaks of fighters who have come as guests, and of the duties of a guest.</p>
<p>An official in Islamabad said that the wording was more than Doha or Istanbul had produced, “if it is followed by a deed”.</p>
<p>The delegation flew by way of Dubai. The visit had been planned by road, but the clerics wished to avoid a guard of honour at Torkham.</p>`,
  },
  {
    key: 'flag-meeting-2026',
    slug: 'officers-at-torkham-agree-to-finish-the-guard-post-as-a-clinic',
    language: 'en',
    title: 'Officers at Torkham Agree to Finish the Guard Post as a Clinic',
    standfirst: 'The building over which the border was shut in 2025 gets a roof, and a different purpose.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['peace', 'security', 'pakistan'],
    primaryCategory: 'peace',
    topics: [
      'torkham',
      'afghanistan-pakistan-border',
      'afghanistan',
      'pakistan',
      'june-2025-border-closure',
      'saudi-arabia',
      'peace-talks',
    ],
    publishedAt: '2026-10-27T10:50:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The half-built guard post that led to the closure of Torkham in June 2025 is to become a first-aid station for travellers, the joint commission for disputed posts decided on Tuesday.</p>
<p>Doctors from Jalalabad and Peshawar will work there on alternate weeks. Saudi Arabia, which offered money for the crossing in March, pays for the equipment.</p>
<p>The commission, which was set up at the talks in Doha, has settled five of nine disputes on its list. Officers described the remaining four as “rocks, a spring and two memories”.</p>`,
  },
  {
    key: 'islamabad-power-2026',
    slug: 'islamabad-cuts-the-evening-tariff-for-homes-with-batteries',
    language: 'en',
    title: 'Islamabad Cuts the Evening Tariff for Homes With Batteries',
    standfirst:
      'Solar panels have emptied the grid at noon. A trial in two sectors of the capital pays people to help at dusk.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    authors: ['meher-tanoli'],
    categories: ['pakistan', 'economy', 'government'],
    primaryCategory: 'pakistan',
    topics: ['pakistan', 'islamabad', 'energy'],
    publishedAt: '2026-11-03T05:25:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Households in two sectors of Islamabad that feed power from a battery into the grid between six and ten in the evening will pay a third less for what they use at night, the distribution company said on Tuesday.</p>
<p>The trial covers 1,100 homes and runs until April. So many roofs have solar panels that the company sells little at noon and too much at dusk, an engineer said.</p>
<p>Tenants, who own neither roof nor battery, gain nothing from the tariff. The regulator has asked for a proposal that includes them.</p>`,
  },
  {
    key: 'clerics-ruling',
    slug: 'seminary-ruling-calls-attacks-across-the-border-a-breach-of-trust',
    language: 'en',
    title: 'Seminary Ruling Calls Attacks Across the Border a Breach of Trust',
    standfirst:
      'The text was read out in Karachi and, an hour later, in Kandahar. It speaks to fighters rather than to states.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['peace', 'pakistan', 'afghanistan'],
    primaryCategory: 'peace',
    topics: [
      'mediation',
      'abdul-wakeel-sarwani',
      'afghanistan',
      'pakistan',
      'ttp',
      'karachi',
      'kandahar',
      'iskp',
    ],
    publishedAt: '2026-11-06T14:35:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A religious ruling that was read out after Friday prayers in Karachi says that a man who accepts shelter and then attacks his host’s neighbour breaks a trust. The same text was read in a seminary in Kandahar an hour later.</p>
<p>Mufti Abdul Wakeel Sarwani and eleven other scholars signed it, four of them Afghans. The ruling mentions “groups of whatever name”. People close to the authors said that the TTP and ISKP had both been in an earlier draft.</p>
<p>It has no force of law. A police officer in the north-west of Pakistan said that he would print it all the same. “Nobody up there reads our statements,” he said. “This they will read, if only to argue.”</p>`,
  },
  {
    key: 'islamabad-eases-trade',
    slug: 'islamabad-lifts-deposit-for-afghan-transit-cargo',
    language: 'en',
    title: 'Islamabad Lifts Deposit for Afghan Transit Cargo',
    standfirst:
      'Importers no longer have to leave a tenth of the value with customs in Karachi. Kabul lowers a fee in return.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    byline: 'Meher Tanoli in Islamabad and Sadia Mirzada in Karachi',
    authors: ['meher-tanoli', 'sadia-mirzada'],
    categories: ['economy', 'pakistan', 'afghanistan'],
    primaryCategory: 'economy',
    topics: ['transit-trade', 'pakistan', 'afghanistan', 'trade', 'karachi', 'islamabad', 'mediation'],
    publishedAt: '2026-11-11T12:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Pakistan has lifted the cash deposit for Afghan transit cargo, the commerce ministry said on Wednesday. Importers had to leave ten per cent of the value with customs in Karachi until a container was seen at the border.</p>
<p>The authorities in Kabul answered on the same day by halving the road fee for Pakistani trucks to 1,500 afghanis.</p>
<p>Nargis Siddiqpur, a customs broker in Karachi, said that the deposit had tied up about 40 million dollars at any time. She expects part of the cargo that moved to Chabahar last year to come back, “the impatient part”.</p>
<p>An official of the commerce ministry said that the step had been ready since spring and that the mood had been waiting for it to arrive.</p>`,
  },
  {
    key: 'rapprochement-analysis',
    slug: 'kabul-and-islamabad-try-a-softer-tone',
    language: 'en',
    title: 'Kabul and Islamabad Try a Softer Tone',
    standfirst:
      'Six weeks of letters, visits and lower fees have changed how Afghanistan and Pakistan speak about each other. The question that divides them is still open.',
    authors: ['tobias-hartwell', 'meher-tanoli'],
    categories: ['analysis', 'politics', 'peace'],
    primaryCategory: 'analysis',
    topics: [
      'afghanistan',
      'pakistan',
      'mediation',
      'taliban',
      'security-accusations',
      'ttp',
      'iskp',
      'abdul-wakeel-sarwani',
      'qatar',
      'turkey',
      'saudi-arabia',
    ],
    publishedAt: '2026-11-17T09:10:00.000Z',
    status: 'PUBLISHED',
    pinned: true,
    leadImage: {
      url: 'https://images.dateline.example/2026/11/khyber-road.jpg',
      width: 2000,
      height: 1125,
      alt: 'A road winds between bare hills towards a distant gate in morning light',
      caption: 'The road through the Khyber hills towards Torkham.',
      credit: 'Dateline Sample News',
    },
    html: `<p>For the first time since the crossings were shut in June 2025, a whole month has passed in which neither Kabul nor Islamabad has accused the other by name. Diplomats notice such silences. So do drivers, who have begun to take two loads a week again.</p>
<h2>Who moved it</h2>
<p>The rounds in Qatar and Turkey produced a rule for closures and a telephone. They did not produce trust. What followed was slower and came from elsewhere: a cleric in Karachi with former students on both sides, a Saudi cheque for a clinic, a customs deposit that nobody defended.</p>
<h2>What has not moved</h2>
<ul>
<li>Pakistan still says that the TTP lives on Afghan soil. It says so less often.</li>
<li>The Taliban authorities still say that ISKP is fed from Pakistani cities. They say so in meetings.</li>
<li>No camp is known to have been closed, and no list has been answered.</li>
</ul>
<p>Parts of both governments gain from the old quarrel, and a single attack would give them back the word. The ruling of the scholars may make recruiting harder; nobody claims that it disarms anyone.</p>
<p>A fair reading is that the price of hostility has become visible and that both sides would like to pay less. That is a reason for a pause. Whether it is more will be seen in spring, when the passes are free of snow.</p>`,
  },
  {
    key: 'opinion-queue',
    slug: 'opinion-ask-the-man-at-the-end-of-the-queue',
    language: 'en',
    title: 'Opinion: Ask the Man at the End of the Queue',
    standfirst:
      'Border policy is made by those who never wait at a border. A modest proposal from a customs broker.',
    byline: 'Nargis Siddiqpur',
    authors: ['sample-desk'],
    categories: ['opinion', 'economy'],
    primaryCategory: 'opinion',
    topics: ['trade', 'torkham', 'pakistan', 'afghanistan', 'transit-trade'],
    publishedAt: '2026-11-19T06:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>I have cleared goods through Karachi for twenty-six years and have been to Torkham twice. That, I believe, is once more than most of those who have decided when it should be open.</p>
<p>The queue has a beginning, and everybody who matters visits the beginning. There is a gate, a flag and an officer with a list. At the end of the queue, fourteen kilometres away, there is a man with a truck of grapes who does not know what is on the list.</p>
<p>My proposal is small. Before anybody shuts the gate, let him drive to the end of the queue, on the road and without an escort, and tell that man himself. If he can do it, the reason is probably good.</p>
<p><em>Nargis Siddiqpur is a customs broker in Karachi. Like everybody quoted here, she is invented.</em></p>`,
  },
  {
    key: 'torkham-night-hours',
    slug: 'torkham-tries-freight-by-night',
    language: 'en',
    title: 'Torkham Tries Freight by Night',
    standfirst:
      'For a month, trucks may cross until two in the morning. Growers hope that it outlasts the trial.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai', 'zarghuna-wafadar'],
    categories: ['economy', 'afghanistan', 'pakistan'],
    primaryCategory: 'economy',
    topics: ['torkham', 'trade', 'afghanistan', 'pakistan', 'afghanistan-pakistan-border', 'agriculture'],
    publishedAt: '2026-11-21T04:05:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2026/11/torkham-night.jpg',
      width: 1800,
      height: 1200,
      alt: 'Trucks with their lights on in front of a floodlit gate',
      caption: 'The first night of the trial at Torkham.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Trucks crossed at Torkham until two o’clock on Saturday morning, four hours longer than usual, on the first night of a trial that both border commands have agreed to for a month.</p>
<p>Customs counted 588 trucks in the twenty hours, the highest number since the crossing was closed and reopened in 2025. Citrus from Jalalabad made up a quarter of the loads to Pakistan.</p>
<p>Haji Rahmat Shinwarzai, who had stood at the head of the queue in June of that year, went through at midnight. “It is strange,” he said. “I arrived, and then I left.”</p>`,
  },
];

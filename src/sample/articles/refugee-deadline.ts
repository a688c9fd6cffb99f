import type { SampleArticle } from '../types';

/** May to September 2026: a deadline for refugees, and its aftermath. */
export const refugeeDeadlineArticles: SampleArticle[] = [
  {
    key: 'deadline-announced',
    slug: 'pakistan-sets-31-august-for-holders-of-expired-cards',
    language: 'en',
    title: 'Pakistan Sets 31 August for Holders of Expired Cards',
    standfirst:
      'Afghans whose registration cards ran out are to leave by the end of August. Islamabad speaks of 640,000 people.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    authors: ['meher-tanoli'],
    categories: ['pakistan', 'government', 'society'],
    primaryCategory: 'government',
    topics: ['refugee-deadline-2026', 'refugees', 'pakistan', 'afghanistan', 'islamabad'],
    publishedAt: '2026-05-19T12:45:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Afghans in Pakistan whose registration cards have expired must leave the country by 31 August, the interior ministry said on Tuesday.</p>
<p>The ministry put their number at 640,000. Provincial governments are to set up centres in which families can register for departure; those who do so may take their household goods without duty.</p>
<p>The Taliban authorities called the notice too short. Their ministry for refugees said that eastern Afghanistan could receive at most 2,000 people a day, and that harvest and school year should be respected.</p>
<p>Card holders whose papers are valid are not affected, the interior ministry said. It will publish in June what applies to students and to patients.</p>`,
  },
  {
    key: 'unhcr-appeal-2026',
    slug: 'unhcr-asks-for-exceptions-and-for-tents-before-august',
    language: 'en',
    title: 'UNHCR Asks for Exceptions, and for Tents Before August',
    standfirst:
      'The refugee agency wants patients, students and women who head a household to be spared. It also prepares for the case that they are not.',
    dateline: { place: 'PESHAWAR', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['society', 'pakistan'],
    primaryCategory: 'society',
    topics: ['unhcr', 'refugees', 'refugee-deadline-2026', 'pakistan', 'afghanistan', 'peshawar'],
    publishedAt: '2026-06-04T08:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>UNHCR has asked Pakistan to exempt five groups of Afghans from the deadline of 31 August and has asked donors for shelter in case it does not, aid workers in Peshawar said on Thursday.</p>
<ul>
<li>Patients in treatment, with one relative each</li>
<li>Pupils and students until the end of their year</li>
<li>Households that are headed by a woman</li>
<li>Journalists, judges and others at risk</li>
<li>Married couples of which one partner is Pakistani</li>
</ul>
<p>The agency stores 4,000 tents near Jalalabad. At the pace of past summers that would be enough for nine days, one of the aid workers said.</p>
<p>An official of the interior ministry said that each group would be considered, and that “a list is not a promise”.</p>`,
  },
  {
    key: 'karachi-shops-2026',
    slug: 'afghan-shopkeepers-in-karachi-sell-what-they-cannot-carry',
    language: 'en',
    title: 'Afghan Shopkeepers in Karachi Sell What They Cannot Carry',
    standfirst: 'In a cloth market on the edge of the city, thirty years of business end with a discount.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'society', 'economy'],
    primaryCategory: 'society',
    topics: ['refugees', 'karachi', 'pakistan', 'afghanistan', 'refugee-deadline-2026', 'trade'],
    publishedAt: '2026-07-15T10:25:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2026/07/karachi-cloth-market.jpg',
      width: 1600,
      height: 1067,
      alt: 'Rolls of coloured cloth in front of a shop with its shutter half down',
      caption: 'A cloth shop near Sohrab Goth, in July.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Every third shop in a cloth market near Sohrab Goth in Karachi has a sign in the window this week that offers the goods at cost. Their owners are Afghans, and their cards have expired.</p>
<p>“I was born in Quetta, I married in Karachi, and my father is buried here,” said Abdul Basir Kohistanwal, 41. He has sold his sewing machines and is looking for someone to take over the lease.</p>
<p>Pakistani traders buy the stock and regret the neighbours. A wholesaler said that Afghans owed him four million rupees and that he expected to be paid, “because they always have”.</p>
<p>Families may take household goods across the border without duty. For shop goods they pay, and many do not have the receipts.</p>`,
  },
  {
    key: 'torkham-camp-2026',
    slug: 'transit-camp-at-torkham-fills-three-weeks-early',
    language: 'en',
    title: 'Transit Camp at Torkham Fills Three Weeks Early',
    standfirst:
      'Families come before the deadline to avoid the rush, and make one. Water is the first thing to run short.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'society'],
    primaryCategory: 'society',
    topics: ['refugees', 'torkham', 'refugee-deadline-2026', 'afghanistan', 'pakistan', 'unhcr', 'jalalabad'],
    publishedAt: '2026-08-11T05:40:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The transit camp on the Afghan side of Torkham was full on Tuesday, three weeks before the deadline that Pakistan has set for holders of expired cards.</p>
<p>About 1,300 people came through the crossing on Monday. The camp can register 1,000 a day. The others spend a second night on the ground between the tents and the road.</p>
<p>Water is brought from Jalalabad in 30 tankers a day; the camp’s engineer said that he needed 50. Six doctors see about 400 people, half of them children with diarrhoea.</p>
<p>“We came early so that it would be calm,” said a grandmother from Haripur, who sat on a rolled carpet with four grandchildren. “So did everybody.”</p>`,
  },
  {
    key: 'deadline-week-classrooms',
    slug: 'a-classroom-in-peshawar-in-the-week-before-the-deadline',
    language: 'en',
    title: 'A Classroom in Peshawar in the Week Before the Deadline',
    standfirst:
      'Nine children are left in the fourth class. The teacher has written 212 certificates by hand.',
    dateline: { place: 'PESHAWAR', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['society', 'pakistan'],
    primaryCategory: 'society',
    topics: ['refugees', 'peshawar', 'refugee-deadline-2026', 'pakistan', 'afghanistan'],
    publishedAt: '2026-08-25T09:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Karim Safizada had 37 pupils in his fourth class two years ago, and 22 last year. On Monday there were nine.</p>
<p>The school near the ring road of Peshawar will close on Friday. Its benches go to a madrasa, its books to two suitcases that the teacher intends to carry to Jalalabad himself.</p>
<p>The common leaving certificate that teachers had asked for last year was approved in July. The printed forms have not arrived. Mr Safizada has written 212 certificates by hand, in three languages, and stamped them with the seal of the school.</p>
<blockquote><p>“If nobody accepts the paper, the child can still read it. That is something.”</p></blockquote>`,
  },
  {
    key: 'deadline-crossings-open',
    slug: 'both-crossings-stay-open-at-night-in-deadline-week',
    language: 'en',
    title: 'Both Crossings Stay Open at Night in Deadline Week',
    standfirst:
      'Border commands agree by telephone on longer hours at Torkham and Chaman. It is the hotline’s first large case.',
    dateline: { place: 'CHAMAN', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['pakistan', 'afghanistan', 'government'],
    primaryCategory: 'government',
    topics: [
      'refugee-deadline-2026',
      'chaman-spin-boldak',
      'torkham',
      'afghanistan-pakistan-border',
      'pakistan',
      'afghanistan',
      'kandahar',
    ],
    publishedAt: '2026-08-27T16:50:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The crossings at Torkham and Chaman will be open for people around the clock until 2 September, officials of both sides said on Thursday.</p>
<p>The border commands agreed on the longer hours over the telephone line that was set up after the talks in Doha. Freight passes between midnight and six in the morning only.</p>
<p>In Spin Boldak the authorities have opened two schools as shelters and ask drivers to take families to Kandahar at a fixed fare of 250 afghanis for each person.</p>`,
  },
  {
    key: 'deadline-day',
    slug: 'last-day-of-the-deadline-at-torkham',
    language: 'en',
    title: 'The Last Day of the Deadline at Torkham',
    standfirst:
      'More than 6,000 people crossed into Afghanistan on Monday. Officials on both sides let the date pass without a word.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    byline: 'Zarghuna Wafadar and Shahzeb Orakzai in Torkham',
    authors: ['zarghuna-wafadar', 'shahzeb-orakzai'],
    categories: ['afghanistan', 'pakistan', 'society'],
    primaryCategory: 'society',
    topics: [
      'refugee-deadline-2026',
      'refugees',
      'torkham',
      'afghanistan',
      'pakistan',
      'unhcr',
      'afghanistan-pakistan-border',
    ],
    publishedAt: '2026-08-31T15:55:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2026/08/torkham-families.jpg',
      width: 1800,
      height: 1200,
      alt: 'Lorries loaded with beds, bundles and bicycles on a mountain road in the evening',
      caption: 'Lorries with household goods on the road to Torkham.',
      credit: 'Dateline Sample News',
    },
    html: `<p>On the last day that Pakistan had given them, 6,240 Afghans crossed the border at Torkham, by the count of officials on the Afghan side at six in the evening.</p>
<p>They came on lorries that carried beds, doors, a cow, the beams of a roof. The queue reached back to Landi Kotal in the morning and had gone by the afternoon.</p>
<p>There was no announcement at the gate. A Pakistani border official said that nobody would be searched for at midnight, and that police would begin checks “in an orderly way” later in the week.</p>
<p>UNHCR staff counted 71 people with an urgent need for treatment. A boy of about ten asked a clerk what the country on the other side was called. The clerk told him, and the boy wrote it down.</p>`,
  },
  {
    key: 'deadline-after',
    slug: 'pakistan-gives-patients-and-students-until-december',
    language: 'en',
    title: 'Pakistan Gives Patients and Students Until December',
    standfirst:
      'Two of the five groups on the list of the refugee agency are spared for now. The other three are not mentioned.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    authors: ['meher-tanoli'],
    categories: ['pakistan', 'government'],
    primaryCategory: 'government',
    topics: ['refugees', 'pakistan', 'unhcr', 'refugee-deadline-2026', 'afghanistan', 'islamabad'],
    publishedAt: '2026-09-02T11:20:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Afghan patients in hospital treatment and students with a place at a college or school may stay in Pakistan until 31 December, the interior ministry said on Wednesday, two days after the deadline for expired cards.</p>
<p>They need a letter from the hospital or school and may be accompanied by one relative. The letters have to be shown at a police station by 20 September.</p>
<p>UNHCR had asked for five exceptions. Households headed by women, people at risk and mixed couples do not appear in the order. A ministry official said that these were examined “one by one”.</p>`,
  },
  {
    key: 'jalalabad-rents-2026',
    slug: 'rents-in-jalalabad-rise-faster-than-the-tents-come-down',
    language: 'en',
    title: 'Rents in Jalalabad Rise Faster Than the Tents Come Down',
    standfirst:
      'Two rooms cost as much as four did in spring. The city allots plots on a plain without water.',
    dateline: { place: 'JALALABAD', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'society', 'economy'],
    primaryCategory: 'afghanistan',
    topics: ['jalalabad', 'refugees', 'afghanistan', 'parwana-hakimyar', 'unhcr'],
    publishedAt: '2026-09-10T07:35:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Two rooms with a kitchen cost 9,000 afghanis a month in Jalalabad, estate agents say. In April the same sum paid for a house with a yard.</p>
<p>Some 60,000 people who came from Pakistan this summer have stayed in and around the city. The municipality has marked out 3,200 plots on the plain of Sheikh Misri and allots them by lot. The first wells are being drilled; at 90 metres they were still dry.</p>
<p>Parwana Hakimyar, the economist in Kabul, said that wages for day labour in the province had fallen from 400 to 280 afghanis. “A city can take in people or it can take in people and work,” she said. “The second is cheaper.”</p>`,
  },
  {
    key: 'deadline-numbers',
    slug: 'five-weeks-at-two-crossings-in-numbers',
    language: 'en',
    title: 'Five Weeks at Two Crossings, in Numbers',
    standfirst: 'More than 105,000 Afghans returned from Pakistan between 3 August and 6 September.',
    authors: ['tobias-hartwell', 'sample-desk'],
    categories: ['analysis', 'society'],
    primaryCategory: 'analysis',
    topics: ['refugees', 'refugee-deadline-2026', 'pakistan', 'afghanistan', 'torkham', 'chaman-spin-boldak'],
    publishedAt: '2026-09-17T08:05:00.000Z',
    status: 'PUBLISHED',
    html: `<p>We have added up the daily bulletins of border officials on both sides. Where they differ, which is by less than three per cent, we use the lower number.</p>
<table>
<thead><tr><th>Week from</th><th>Torkham</th><th>Chaman</th><th>Together</th></tr></thead>
<tbody>
<tr><td>3 August</td><td>6,100</td><td>3,100</td><td>9,200</td></tr>
<tr><td>10 August</td><td>9,000</td><td>4,700</td><td>13,700</td></tr>
<tr><td>17 August</td><td>12,300</td><td>6,100</td><td>18,400</td></tr>
<tr><td>24 August</td><td>28,900</td><td>12,700</td><td>41,600</td></tr>
<tr><td>31 August</td><td>15,200</td><td>7,100</td><td>22,300</td></tr>
<tr><td>All</td><td>71,500</td><td>33,700</td><td>105,200</td></tr>
</tbody>
</table>
<p>That is a sixth of the 640,000 people whom the interior ministry in Islamabad had named in May. Where the others are is not recorded. Some left before August, some renewed a paper, and some moved to a district in which nobody asks.</p>
<p>Aid workers of the United Nations expect a second, smaller wave when the exception for patients and students ends in December.</p>`,
  },
];

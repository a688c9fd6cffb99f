import type { SampleArticle } from '../types';

/** Short items from other desks, so that not every week is about the same two countries. */
export const elsewhereArticles: SampleArticle[] = [
  {
    key: 'truck-permits-2025',
    slug: 'turkey-and-uzbekistan-exchange-12000-truck-permits',
    language: 'en',
    title: 'Turkey and Uzbekistan Exchange 12,000 Truck Permits',
    standfirst: 'Hauliers had used up last year’s quota by August. The new permits are electronic.',
    dateline: { place: 'TASHKENT', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['turkey', 'uzbekistan', 'transit-trade', 'trade'],
    publishedAt: '2025-02-25T07:25:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Turkey and Uzbekistan have exchanged 12,000 truck permits for this year, a quarter more than last year, the transport ministry in Tashkent said on Tuesday.</p>
<p>The permits are electronic for the first time. A driver shows a code at the border, and unused permits go back to the pool after sixty days instead of lying in a drawer.</p>
<p>Hauliers said that the quota had been used up by August last year and that they had driven the last third of their trips through two more countries than necessary.</p>`,
  },
  {
    key: 'peshawar-bazaar-2025',
    slug: 'peshawar-puts-the-brick-back-into-an-old-bazaar',
    language: 'en',
    title: 'Peshawar Puts the Brick Back Into an Old Bazaar',
    standfirst: 'Masons relay 400 metres of a lane that was covered with asphalt in the 1980s.',
    dateline: { place: 'PESHAWAR', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['pakistan', 'society'],
    primaryCategory: 'pakistan',
    topics: ['pakistan', 'peshawar'],
    publishedAt: '2025-08-06T08:35:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Eleven masons are laying bricks on edge in a lane behind the Qissa Khwani bazaar in Peshawar, as it was done before asphalt came in the 1980s.</p>
<p>The city chose the lane because rainwater stood in its shops every summer. Under the asphalt the workers found the old gutter, complete and blocked.</p>
<p>Shopkeepers complained about the dust in June and bring tea in August. The work is to be finished before winter and costs 62 million rupees.</p>`,
  },
  {
    key: 'istanbul-fog-2025',
    slug: 'fog-holds-up-ships-on-the-bosphorus-for-a-second-day',
    language: 'en',
    title: 'Fog Holds Up Ships on the Bosphorus for a Second Day',
    standfirst: 'Thirty-one vessels wait on both sides of Istanbul. Ferries run by radar and by ear.',
    dateline: { place: 'ISTANBUL', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['turkey', 'istanbul', 'trade'],
    publishedAt: '2025-10-16T06:45:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Thirty-one ships were waiting to pass through the Bosphorus on Thursday morning, as fog closed the strait at Istanbul for a second day.</p>
<p>Visibility fell below 400 metres before dawn, the harbour master said. Pilots expect to resume in the afternoon, one direction at a time.</p>
<p>Passenger ferries sailed with delays of up to forty minutes. Three of the waiting ships carry grain.</p>`,
  },
  {
    key: 'herat-saffron-2025',
    slug: 'herat-saffron-pickers-start-before-sunrise',
    language: 'en',
    title: 'Herat Saffron Pickers Start Before Sunrise',
    standfirst: 'The season lasts for three weeks. Buyers pay more this year, and weigh more carefully.',
    dateline: { place: 'HERAT', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'afghanistan',
    topics: ['afghanistan', 'herat', 'agriculture'],
    publishedAt: '2025-11-03T05:35:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/11/herat-saffron.jpg',
      width: 1600,
      height: 1067,
      alt: 'Baskets of purple crocus flowers at the edge of a field at dawn',
      caption: 'Flowers are picked before the sun opens them.',
      credit: 'Dateline Sample News',
    },
    html: `<p>The saffron harvest has begun in the districts around Herat, where women and men walk into the fields at four in the morning to pick the flowers before they open.</p>
<p>A picker earns 40 afghanis for a kilogram of flowers. About 150 flowers give one gram of dry saffron, which a cooperative in Ghoryan sold for 115 afghanis last week, 20 more than a year ago.</p>
<p>The price has brought back an old trick, dyed maize silk. The cooperative bought a microscope in September and lets every buyer look.</p>`,
  },
  {
    key: 'doha-fruit-berth-2026',
    slug: 'qatar-opens-a-cold-berth-for-fruit-ships',
    language: 'en',
    title: 'Qatar Opens a Cold Berth for Fruit Ships',
    standfirst: 'Wholesalers in Doha expect fewer empty shelves in summer.',
    dateline: { place: 'DOHA', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['qatar', 'doha', 'trade', 'agriculture'],
    publishedAt: '2026-02-26T11:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A berth with a cold hall for 9,000 pallets has been opened at the port that serves Doha, so that fruit no longer waits in the sun between ship and truck.</p>
<p>Inspectors work in the hall itself and promise a result within six hours. Until now samples were driven to a laboratory across the city.</p>
<p>A wholesaler in Doha said that a tenth of his mangoes had been lost in June and July. He hopes to halve that.</p>`,
  },
  {
    key: 'kabul-library-2026',
    slug: 'a-bookseller-in-kabul-lends-what-he-cannot-sell',
    language: 'en',
    title: 'A Bookseller in Kabul Lends What He Cannot Sell',
    standfirst: 'Four thousand volumes, no fee, and a notebook for promises.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'society'],
    primaryCategory: 'society',
    topics: ['afghanistan', 'kabul'],
    publishedAt: '2026-03-26T06:05:00.000Z',
    status: 'PUBLISHED',
    html: `<p>When sales fell to three books a day, a bookseller near the river in Kabul put a table on the pavement and began to lend.</p>
<p>Borrowers leave a name and a date in a notebook. Of 1,870 books that were lent since the autumn, 1,811 have come back, says Rahim Andarabi, who keeps the shop that his uncle opened in 1969.</p>
<p>The most wanted are school books, followed by dictionaries and a cookery book from Herat. He has sold more since then, too. “They come to return one and they see another,” he said.</p>`,
  },
  {
    key: 'china-iran-copper-2026',
    slug: 'china-takes-more-iranian-copper-by-rail',
    language: 'en',
    title: 'China Takes More Iranian Copper by Rail',
    standfirst:
      'Eastbound wagons are two thirds full since the tariff was cut. Eight trains of nine have left on time.',
    dateline: { place: 'TEHRAN', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['iran', 'china', 'trade'],
    publishedAt: '2026-05-05T09:50:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Two thirds of the wagons that leave Iran for China by rail are now loaded, against one half last year, the Iranian railways said on Tuesday.</p>
<p>Copper makes up most of the growth, followed by dried fruit. The tariff for the eastbound trip was lowered by a quarter in December.</p>
<p>Shippers praised the timetable more than the price. Since January eight of nine trains have left on their day; the ninth waited for snow to be cleared.</p>`,
  },
  {
    key: 'uzbek-cotton-2026',
    slug: 'uzbek-mills-switch-to-night-shifts-to-save-power',
    language: 'en',
    title: 'Uzbek Mills Switch to Night Shifts to Save Power',
    standfirst: 'Electricity costs half as much after eleven. Buses for the workers do not run yet.',
    dateline: { place: 'SAMARKAND', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['uzbekistan', 'energy'],
    publishedAt: '2026-06-23T07:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Spinning mills in Samarkand have moved a third of their production to the night since a new tariff made electricity cheaper between eleven and six.</p>
<p>The grid company of Uzbekistan wants to flatten the peak of the early evening, when air conditioners and street lamps run together. It counts 140 firms that have changed their hours.</p>
<p>Workers receive a fifth more for the night shift. Many spend it on taxis, because the first bus leaves at half past six.</p>`,
  },
  {
    key: 'karachi-ferry-2026',
    slug: 'karachi-tests-a-harbour-ferry-for-commuters',
    language: 'en',
    title: 'Karachi Tests a Harbour Ferry for Commuters',
    standfirst: 'Two boats, 25 minutes and 60 rupees. The road takes an hour and a half.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'society'],
    primaryCategory: 'pakistan',
    topics: ['pakistan', 'karachi', 'energy'],
    publishedAt: '2026-09-22T10:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Two electric ferries have begun to carry commuters across the harbour of Karachi, for a trial of ninety days.</p>
<p>The crossing takes 25 minutes and costs 60 rupees. By road the same trip takes an hour and a half on a working day. In the first week the boats carried 8,400 passengers and were full at eight and at six.</p>
<p>Fishermen have asked the operator to slow down near Baba Island. He has agreed to seven knots, which adds four minutes.</p>`,
  },
];

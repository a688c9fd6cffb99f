import type { SampleArticle } from '../types';

/** November 2024 to May 2025: an ordinary file, before the border closure. */
export const backgroundArticles: SampleArticle[] = [
  {
    key: 'pomegranate-season-2024',
    slug: 'kandahar-pomegranate-growers-look-for-a-second-road',
    language: 'en',
    title: 'Kandahar Pomegranate Growers Look for a Second Road',
    standfirst:
      'A good harvest has reached the markets of Kandahar. Growers say that selling it through one crossing is a risk they no longer want to take.',
    dateline: { place: 'KANDAHAR', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'economy',
    topics: ['afghanistan', 'kandahar', 'agriculture', 'trade', 'chaman-spin-boldak', 'pakistan'],
    publishedAt: '2024-11-04T06:20:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2024/11/pomegranate-crates.jpg',
      width: 1600,
      height: 1067,
      alt: 'Wooden crates of red pomegranates stacked beside a dirt road',
      caption: 'Crates wait for a truck at the edge of an orchard in Arghandab district.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Pomegranate growers around Kandahar have picked one of their larger crops of recent years, and are asking buyers to take part of it by other routes than the crossing at Spin Boldak.</p>
<p>In most seasons about four crates in five go to Pakistan through Chaman. Prices at the farm gate fell by a third in a week last autumn, when trucks were held there for five days, the provincial growers’ association said. This year its members have set aside 1,200 tonnes for buyers in Kabul, Iran and the Gulf.</p>
<blockquote><p>“Fruit does not wait for a stamp. If the road is shut on Monday, by Friday we are selling juice.”</p></blockquote>
<p>The remark came from Sardar Alokozai, who farms two hectares in Arghandab district. He has rented a share in a cold store for the first time, at 35 afghanis a crate for each month.</p>
<p>The second road is not cheap. Freight to the Iranian border costs almost twice as much as freight to Chaman, the association said, and air cargo from Kandahar takes small lots only.</p>`,
  },
  {
    key: 'herat-traders-iran-2024',
    slug: 'herat-traders-book-more-cargo-through-iranian-ports',
    language: 'en',
    title: 'Herat Traders Book More Cargo Through Iranian Ports',
    standfirst:
      'Importers in western Afghanistan say that Chabahar has become a habit rather than a reserve. Costs and paperwork still hold many back.',
    dateline: { place: 'HERAT', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'economy',
    topics: ['afghanistan', 'iran', 'herat', 'transit-trade', 'chabahar', 'trade'],
    publishedAt: '2024-11-19T09:45:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Traders in Herat booked more containers through the Iranian ports of Chabahar and Bandar Abbas this autumn than in the whole of last year, according to freight agents in the city.</p>
<p>Five agents who shared their books with this agency counted 2,140 containers between August and October, most of them carrying tyres, cooking oil, machine parts and tea. A year earlier the same five handled fewer than 900 in a quarter.</p>
<p>“A shipment from the coast takes nine or ten days if the papers are right,” said Naser Ghoriani, who imports spare parts. “If they are wrong, it takes as long as somebody wishes.”</p>
<h2>What holds others back</h2>
<ul>
<li>Deposits for each container, which small firms have to borrow</li>
<li>Separate insurance for the Iranian and the Afghan part of the road</li>
<li>Queues at Islam Qala, where the scanner was out of order on eleven days in October</li>
</ul>
<p>A customs official in Herat said that a second scanner was expected before spring.</p>`,
  },
  {
    key: 'kabul-power-2024',
    slug: 'kabul-prepares-for-winter-on-imported-power',
    language: 'en',
    title: 'Kabul Prepares for Winter on Imported Power',
    standfirst:
      'Most of the capital’s electricity comes over one line from Uzbekistan. The utility has published its rota for the cold months.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'society'],
    primaryCategory: 'afghanistan',
    topics: ['afghanistan', 'kabul', 'energy', 'uzbekistan'],
    publishedAt: '2024-12-08T05:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Households in Kabul will have electricity for between six and ten hours a day in December and January, the power utility said on Sunday, as demand for heating outgrows what the line from Uzbekistan can carry.</p>
<p>The utility divided the city into four groups. Hospitals, water pumps and bakeries with a permit stay connected. Everyone else follows a rota that changes each week, so that no district is dark every evening.</p>
<p>Shopkeepers in the west of the city said that they would manage as they did last year: with batteries, bottled gas and early closing. A 200-ampere-hour battery sold for 13,500 afghanis this week, about 1,000 more than in October.</p>
<p>Imports are paid for in dollars, and the utility said that its bills to Uzbekistan were settled up to November.</p>`,
  },
  {
    key: 'karachi-scanning-2024',
    slug: 'karachi-customs-opens-fewer-afghan-containers-by-hand',
    language: 'en',
    title: 'Karachi Customs Opens Fewer Afghan Containers by Hand',
    standfirst:
      'A trial with scanners has cut the wait for transit cargo from nine days to four. Brokers want it written into the rules.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'economy'],
    primaryCategory: 'economy',
    topics: ['pakistan', 'karachi', 'transit-trade', 'afghanistan', 'trade'],
    publishedAt: '2024-12-17T11:30:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2024/12/karachi-scanner.jpg',
      width: 1500,
      height: 1000,
      alt: 'A lorry with a container drives through a scanning gate at a port',
      caption: 'A transit container passes the scanner at the port of Karachi.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Customs officers at the port of Karachi opened one Afghan transit container in seven by hand in the first two weeks of December, down from one in two before a trial with scanners began, a port official said.</p>
<p>The average wait fell from nine days to four. The trial covers sealed cargo of firms without an open customs case and ends on 31 January.</p>
<p>Nargis Siddiqpur, a broker who clears goods for importers in Kabul, said that demurrage had been the largest cost on some shipments. “We have paid more for standing still than for the voyage from Shanghai,” she said.</p>
<p>Customs said that it would decide about an extension after comparing the seals of 500 containers with what arrived at Torkham and Chaman.</p>`,
  },
  {
    key: 'china-uzbek-rail-2025',
    slug: 'freight-train-from-china-reaches-tashkent-a-day-early',
    language: 'en',
    title: 'Freight Train From China Reaches Tashkent a Day Early',
    standfirst:
      'The first block train of the year carried solar panels and spare parts. Operators in Uzbekistan want two departures a week.',
    dateline: { place: 'TASHKENT', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['china', 'uzbekistan', 'trade', 'transit-trade'],
    publishedAt: '2025-01-13T07:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A freight train with 52 wagons arrived in Tashkent on Sunday, fourteen days after it left western China and a day ahead of its schedule, the railway company of Uzbekistan said.</p>
<p>It carried solar panels, inverters and parts for textile machines. Nineteen of the wagons are to continue to Termez, on the southern border, by the end of the week.</p>
<p>The operator plans one departure a week until March and two after that, provided that empty wagons can be returned in time. Last year the shortage of wagons, rather than of cargo, kept the number of trains down.</p>`,
  },
  {
    key: 'peshawar-schools-2025',
    slug: 'afghan-schools-in-peshawar-count-their-empty-desks',
    language: 'en',
    title: 'Afghan Schools in Peshawar Count Their Empty Desks',
    standfirst:
      'Families are leaving the city quietly and in the middle of the school year. Teachers ask for papers that a child can take along.',
    dateline: { place: 'PESHAWAR', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['pakistan', 'society'],
    primaryCategory: 'society',
    topics: ['refugees', 'pakistan', 'peshawar', 'afghanistan', 'unhcr'],
    publishedAt: '2025-01-28T13:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Schools for Afghan children in Peshawar have lost about one pupil in six since the start of the term, a survey by eleven head teachers has found.</p>
<p>Most families gave no reason. Some said that a landlord had asked for a document that they could not renew; others that work had dried up. In a school near the ring road the fourth class has 22 children left out of 37.</p>
<p>“They come on the last day to say goodbye and they ask for a certificate,” said Karim Safizada, who has taught there for fourteen years. “I write one by hand. I do not know who will accept it.”</p>
<p>The teachers have asked the provincial education office and UNHCR for a common leaving certificate in English, Dari and Pashto that schools in Afghanistan would recognise. An official of the provincial office said that the request was under study.</p>`,
  },
  {
    key: 'ttp-accusations-2025',
    slug: 'islamabad-and-kabul-trade-accusations-over-ttp-camps',
    language: 'en',
    title: 'Islamabad and Kabul Trade Accusations Over TTP Camps',
    standfirst:
      'Pakistan handed over a list of places that it says shelter fighters. The foreign ministry in Kabul called the list old and unproven.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    byline: 'Meher Tanoli in Islamabad and Laila Noorzad in Kabul',
    authors: ['meher-tanoli', 'laila-noorzad'],
    categories: ['pakistan', 'afghanistan', 'threats'],
    primaryCategory: 'threats',
    topics: ['security-accusations', 'pakistan', 'afghanistan', 'ttp', 'taliban', 'islamabad', 'kabul'],
    publishedAt: '2025-02-11T15:40:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Pakistan said on Tuesday that it had given the Taliban authorities a list of seventeen places in eastern Afghanistan where, it says, fighters of Tehrik-i-Taliban Pakistan live and train.</p>
<p>An official of the foreign ministry in Islamabad said that the list was passed on through the embassy and that an answer was expected within two weeks. He did not make it public.</p>
<p>The foreign ministry in Kabul confirmed that it had received a document. It said that the names in it were “old, general and without proof”, and repeated that it does not let anybody use Afghan soil against a neighbour.</p>
<p>The two governments have exchanged such lists before. None has been published, and this agency was not able to check any of the places named by officials in private.</p>`,
  },
  {
    key: 'kabul-ramadan-prices-2025',
    slug: 'flour-cheaper-oil-dearer-as-kabul-shops-for-ramadan',
    language: 'en',
    title: 'Flour Cheaper, Oil Dearer as Kabul Shops for Ramadan',
    standfirst: 'A price list from three markets in the capital on the second day of the fasting month.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'economy', 'society'],
    primaryCategory: 'economy',
    topics: ['afghanistan', 'kabul', 'parwana-hakimyar', 'trade'],
    publishedAt: '2025-03-03T04:35:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Flour costs less in Kabul this Ramadan than last, and cooking oil more, according to prices that were noted in three markets of the capital on Sunday.</p>
<table>
<thead><tr><th>Goods</th><th>2024 (afghanis)</th><th>2025 (afghanis)</th></tr></thead>
<tbody>
<tr><td>Flour, 50 kg</td><td>1,650</td><td>1,480</td></tr>
<tr><td>Cooking oil, 5 l</td><td>470</td><td>560</td></tr>
<tr><td>Sugar, 1 kg</td><td>58</td><td>60</td></tr>
<tr><td>Dates, 1 kg</td><td>140</td><td>150</td></tr>
</tbody>
</table>
<p>Parwana Hakimyar, an economist who keeps a price index of Afghan markets, said that a steady afghani had held down the price of flour from Kazakhstan. Oil is bought further away, and its freight has become dearer.</p>
<p>Shopkeepers said that customers were buying by the week instead of by the month. “They look, they ask, and they take the small bottle,” said one of them in the Mandawi market.</p>`,
  },
  {
    key: 'chabahar-storage-2025',
    slug: 'iran-opens-new-storage-at-chabahar-for-central-asian-cargo',
    language: 'en',
    title: 'Iran Opens New Storage at Chabahar for Central Asian Cargo',
    standfirst: 'The yard doubles the space for containers that are bound for Uzbekistan and its neighbours.',
    dateline: { place: 'CHABAHAR', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['iran', 'chabahar', 'transit-trade', 'uzbekistan'],
    publishedAt: '2025-03-24T08:50:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The port authority of Chabahar has opened a second yard for transit cargo, with room for 3,000 containers, half of them reserved for shippers from Central Asia.</p>
<p>A port official said that storage would be free for twenty days, twice as long as before. Forwarders in Uzbekistan had asked for a month, because trucks from Tashkent often wait for a return load.</p>
<p>The yard has no rail link. Containers go north by road to Zahedan and Mashhad, a trip of three days in good weather.</p>`,
  },
  {
    key: 'iskp-accusations-2025',
    slug: 'kabul-says-iskp-cell-came-from-abroad-islamabad-denies-role',
    language: 'en',
    title: 'Kabul Says ISKP Cell Came From Abroad, Islamabad Denies Role',
    standfirst:
      'The Taliban say that six arrested men had crossed the border in March. Pakistan calls the claim an attempt to change the subject.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'security', 'threats'],
    primaryCategory: 'security',
    topics: ['iskp', 'afghanistan', 'security-accusations', 'taliban', 'pakistan', 'kabul'],
    publishedAt: '2025-04-16T14:05:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The Taliban authorities said on Wednesday that six men arrested in the east of Kabul belonged to Islamic State Khorasan Province and had entered the country from Pakistan three weeks earlier.</p>
<p>A statement of the intelligence directorate said that explosives and four telephones were found in a rented house. It gave the ages of the men, but no names, and did not say where they would be tried.</p>
<p>A security official in Islamabad rejected the account. “Each time we ask about the TTP, we are answered with ISKP,” he said. He added that Pakistan had arrested members of the group itself and would do so again.</p>
<p>Neighbours said that they heard shots shortly before dawn on Monday and that the street was closed until noon.</p>`,
  },
  {
    key: 'karachi-dredging-2025',
    slug: 'karachi-port-starts-dredging-to-take-larger-ships',
    language: 'en',
    title: 'Karachi Port Starts Dredging to Take Larger Ships',
    standfirst:
      'The work on the main channel is to last eighteen months. Fishermen ask where the mud will go.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'economy'],
    primaryCategory: 'pakistan',
    topics: ['pakistan', 'karachi', 'trade'],
    publishedAt: '2025-05-06T06:30:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/05/karachi-dredger.jpg',
      width: 1600,
      height: 900,
      alt: 'A dredging ship at work in front of harbour cranes',
      caption: 'The dredger works in shifts of ten hours, between the tides.',
      credit: 'Dateline Sample News',
    },
    html: `<p>A dredger has begun to deepen the approach to the port of Karachi by two metres, so that container ships no longer have to wait for high water.</p>
<p>The port trust puts the cost at 21 billion rupees. It expects to earn the sum back in seven years from ships that now unload in other ports of the region.</p>
<p>Fishermen from Baba Island have asked for a map of the dumping ground. “We do not object to deep water,” said their spokesman, Jamal Baghdadi. “We object to finding the harbour in our nets.”</p>
<p>The trust said that the material would be taken twelve nautical miles out to sea and that samples would be published each month.</p>`,
  },
  {
    key: 'torkham-post-dispute-2025',
    slug: 'dispute-over-a-new-post-slows-traffic-at-torkham',
    language: 'en',
    title: 'Dispute Over a New Post Slows Traffic at Torkham',
    standfirst:
      'Border officials of both sides met twice on Tuesday about a concrete post that stands a few metres from the line.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['pakistan', 'afghanistan', 'security'],
    primaryCategory: 'security',
    topics: ['torkham', 'afghanistan-pakistan-border', 'pakistan', 'afghanistan', 'trade'],
    publishedAt: '2025-05-27T12:25:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Trucks moved slowly through the crossing at Torkham on Tuesday after Pakistani border guards objected to a guard post that is being built on the Afghan side.</p>
<p>Officers met at the gate in the morning and again in the afternoon. A Pakistani border official said that the two sides had agreed years ago not to build within a hundred metres of the line. An Afghan official said that the post replaced one that was washed away by rain.</p>
<p>Work had stopped by evening, and both said that they would meet again after the Eid holiday. Customs staff counted 310 trucks in both directions, against 480 on a normal day.</p>
<p>Drivers knew the signs. “First they measure, then they argue, then they shut,” said Gulab Mohmandi, who was carrying cement to Jalalabad.</p>`,
  },
];

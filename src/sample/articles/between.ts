import type { SampleArticle } from '../types';

/** July to December 2025: a thinner file between the closure and the talks. */
export const betweenArticles: SampleArticle[] = [
  {
    key: 'trans-afghan-railway-2025',
    slug: 'railway-engineers-walk-the-route-from-termez-to-peshawar',
    language: 'en',
    title: 'Railway Engineers Walk the Route From Termez to Peshawar',
    standfirst:
      'A survey team of three countries has begun at the Uzbek end of a line that would cross the Hindu Kush. Money is a later chapter.',
    dateline: { place: 'TERMEZ', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy', 'afghanistan'],
    primaryCategory: 'economy',
    topics: ['uzbekistan', 'afghanistan', 'transit-trade', 'pakistan', 'peshawar', 'kabul'],
    publishedAt: '2025-07-21T09:20:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Engineers from Uzbekistan, Afghanistan and Pakistan have started a joint survey for a railway from Termez by way of Kabul to Peshawar, the railway company of Uzbekistan said on Monday.</p>
<p>The team of thirty-four has until November to choose between two passes. The eastern variant is shorter and needs a tunnel of eleven kilometres; the western one climbs higher and crosses more villages.</p>
<p>An engineer on the Afghan side said that wells and graveyards were being marked first, “because those are the two things that nobody will let you move”.</p>
<p>No government has committed itself to paying for construction. The survey costs 9 million dollars and is shared in three equal parts.</p>`,
  },
  {
    key: 'karachi-monsoon-2025',
    slug: 'karachi-clears-its-drains-a-week-before-the-rain',
    language: 'en',
    title: 'Karachi Clears Its Drains a Week Before the Rain',
    standfirst:
      'Contractors were paid for 540 kilometres. Volunteers walked along some of them with a measuring wheel.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'society'],
    primaryCategory: 'pakistan',
    topics: ['pakistan', 'karachi'],
    publishedAt: '2025-08-19T05:05:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/08/karachi-drain.jpg',
      width: 1400,
      height: 934,
      alt: 'An excavator lifts mud from a wide open drain between houses',
      caption: 'An excavator at work in Orangi Town.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Excavators were still at work on Tuesday in four of the larger drains of Karachi, with heavy rain expected from the weekend.</p>
<p>The city says that contractors have cleared 540 kilometres since June. A group of volunteers with measuring wheels followed 61 kilometres of that and found 38 of them clean.</p>
<p>“It is not theft of mud,” said Rubina Daudpoto, a retired engineer who leads the group. “They clean where the machine can drive, and they measure where it cannot.”</p>
<p>A city engineer said that narrow sections would be done by hand at night and that the volunteers’ list was useful to him.</p>`,
  },
  {
    key: 'kandahar-grapes-2025',
    slug: 'cold-store-gives-kandahar-grape-growers-six-weeks',
    language: 'en',
    title: 'Cold Store Gives Kandahar Grape Growers Six Weeks',
    standfirst:
      'Growers who lost a crop to the closed border in June can now hold back part of the next one.',
    dateline: { place: 'KANDAHAR', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'afghanistan',
    topics: ['agriculture', 'afghanistan', 'kandahar', 'energy'],
    publishedAt: '2025-09-02T07:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Twelve cooperatives of grape growers near Kandahar have opened a cold store for 800 tonnes, powered by solar panels by day and by a generator at night.</p>
<p>Grapes that are cooled within four hours of picking keep for about six weeks. Without cooling they keep for four days, which is how long a truck needs to the markets of Lahore when everything goes well.</p>
<p>The cooperatives borrowed two thirds of the cost and paid the rest themselves. Members pay 18 afghanis for a crate each week; others pay 25.</p>
<p>“In June we begged the driver, the driver begged the officer, and the officer telephoned,” said Sardar Alokozai, a grower from Arghandab. “A cold room does not telephone anybody.”</p>`,
  },
  {
    key: 'saudi-cargo-2025',
    slug: 'saudi-arabia-and-pakistan-add-a-weekly-cargo-line',
    language: 'en',
    title: 'Saudi Arabia and Pakistan Add a Weekly Cargo Line',
    standfirst: 'Rice and textiles go west, fertiliser comes back. The ship leaves Karachi on Thursdays.',
    dateline: { place: 'KARACHI', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['economy', 'pakistan'],
    primaryCategory: 'economy',
    topics: ['saudi-arabia', 'pakistan', 'trade', 'karachi'],
    publishedAt: '2025-09-23T10:40:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A weekly container service between Karachi and Jeddah begins this Thursday, the two port authorities announced on Tuesday. Until now most boxes between Pakistan and Saudi Arabia changed ships in a third port.</p>
<p>The direct voyage takes eight days instead of fifteen. Exporters of rice expect to save about 14 dollars a tonne, and importers of fertiliser slightly less.</p>
<p>The line has been booked to 60 per cent for its first four sailings, a shipping agent said.</p>`,
  },
  {
    key: 'iran-returns-2025',
    slug: 'buses-from-iran-fill-the-reception-centre-at-islam-qala',
    language: 'en',
    title: 'Buses From Iran Fill the Reception Centre at Islam Qala',
    standfirst:
      'About 3,500 Afghans return each day through the crossing near Herat. The centre was built for a third of that.',
    dateline: { place: 'ISLAM QALA', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'society'],
    primaryCategory: 'society',
    topics: ['refugees', 'iran', 'afghanistan', 'herat', 'unhcr'],
    publishedAt: '2025-10-07T13:50:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/10/islam-qala-buses.jpg',
      width: 1600,
      height: 1067,
      alt: 'Families with bundles stand beside parked buses at dusk',
      caption: 'Families wait for onward transport at Islam Qala.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Between 3,000 and 4,000 Afghans a day have come back from Iran through Islam Qala in the past two weeks, according to the daily count of the provincial department for refugees in Herat.</p>
<p>The reception centre has tents for 1,200 people. Most families stay for one night, receive a travel allowance and go on to Herat, Ghor or Kabul. Those whose papers were taken stay longer.</p>
<p>UNHCR staff register the cases that need protection. A nurse at the centre said that dehydration and lost medicines were the commonest complaints, and that seven children had arrived without an adult on Sunday.</p>
<p>“I laid bricks in Mashhad for nine years,” said a man of 31, who gave his name as Habib. “I can lay bricks here. Somebody has to want a wall.”</p>`,
  },
  {
    key: 'qatar-offers-2025',
    slug: 'qatar-offers-a-room-for-afghanistan-and-pakistan',
    language: 'en',
    title: 'Qatar Offers a Room for Afghanistan and Pakistan',
    standfirst:
      'Doha has told both sides that it would host talks without conditions. Islamabad is interested, Kabul asks about the agenda.',
    dateline: { place: 'DOHA', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['peace', 'politics'],
    primaryCategory: 'peace',
    topics: ['mediation', 'qatar', 'doha', 'pakistan', 'afghanistan', 'taliban', 'peace-talks'],
    publishedAt: '2025-11-12T15:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Qatar has offered to host talks between Afghanistan and Pakistan about their border and about the armed groups that each accuses the other of tolerating, an official of the foreign ministry in Doha said on Wednesday.</p>
<p>The offer went to both capitals in the same words last week. It names no date and sets no conditions.</p>
<p>An official in Islamabad called it helpful, as long as “the first item is the first item”, by which he meant Tehrik-i-Taliban Pakistan. A diplomat of the Taliban authorities said that Kabul would come to talk about trade, refugees and the line as well, or not at all.</p>
<p>Border officers have met four times since the crossings reopened in June. They settled where a culvert should go.</p>`,
  },
  {
    key: 'ttp-checkpoint-2025',
    slug: 'pakistan-summons-afghan-envoy-after-attack-on-checkpoint',
    language: 'en',
    title: 'Pakistan Summons Afghan Envoy After Attack on Checkpoint',
    standfirst:
      'Islamabad says that the attackers came from across the line. Kabul denies it and asks for a joint inquiry.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    authors: ['meher-tanoli'],
    categories: ['pakistan', 'security', 'threats'],
    primaryCategory: 'security',
    topics: ['ttp', 'security-accusations', 'pakistan', 'afghanistan', 'islamabad', 'taliban'],
    publishedAt: '2025-11-26T17:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Pakistan summoned the Afghan chargé d’affaires on Wednesday after an attack on a checkpoint in the north-west in which three guards were wounded.</p>
<p>The foreign ministry said that the attackers belonged to Tehrik-i-Taliban Pakistan and had withdrawn across the border. It showed the envoy photographs of equipment. No group had claimed the attack by Wednesday evening.</p>
<p>The Taliban authorities said that their own posts had seen nobody cross, and proposed that officers of both sides inspect the ground together. A Pakistani official did not rule that out, “if it happens this week and not next year”.</p>`,
  },
  {
    key: 'iran-china-rail-2025',
    slug: 'iran-and-china-put-a-timetable-on-their-container-train',
    language: 'en',
    title: 'Iran and China Put a Timetable on Their Container Train',
    standfirst:
      'The train has run when there was enough cargo. From January it is to leave on the 5th and the 20th of each month.',
    dateline: { place: 'TEHRAN', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['iran', 'china', 'trade', 'transit-trade'],
    publishedAt: '2025-12-10T08:00:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/12/container-train.jpg',
      width: 1600,
      height: 900,
      alt: 'A long container train crosses a snowy plain',
      caption: 'A container train on its way west.',
      credit: 'Dateline Sample News',
    },
    html: `<p>The container train between China and a dry port near Tehran is to run to a timetable from January, with two departures a month in each direction, the Iranian railways said on Wednesday.</p>
<p>The trip takes fifteen days, against about thirty by sea. It costs roughly 1,000 dollars more for a forty-foot container, so shippers use it for electronics, spare parts and goods that are already late.</p>
<p>Half of the wagons went back empty last year. The railways hope to fill them with dried fruit, copper and stone, and have lowered the eastbound tariff by a quarter.</p>`,
  },
  {
    key: 'kabul-smog-2025',
    slug: 'kabul-measures-its-winter-air-from-six-rooftops',
    language: 'en',
    title: 'Kabul Measures Its Winter Air From Six Rooftops',
    standfirst:
      'Students have built sensors for less than the price of a bicycle. The worst hour is eight in the evening.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'society'],
    primaryCategory: 'society',
    topics: ['afghanistan', 'kabul', 'energy'],
    publishedAt: '2025-12-22T04:50:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Six rooftops in Kabul now report every ten minutes how much fine dust is in the air. Students of engineering built the sensors and write the daily mean on a board in front of a bakery.</p>
<p>On nineteen of the first twenty-one days of December the mean was more than ten times the guideline of the World Health Organization. The peak comes at about eight in the evening, when stoves are filled for the night.</p>
<p>Coal costs 9,800 afghanis a tonne this winter, and many households mix it with plastic and old tyres. The municipality has banned both; inspectors visit bathhouses, but not homes.</p>
<p>“People ask us what to do,” said one of the students. “We say: walk at noon.”</p>`,
  },
  {
    key: 'torkham-notice-2025',
    slug: 'notice-torkham-scanner-maintenance-30-and-31-december',
    language: 'en',
    title: 'Notice: Torkham Scanner Maintenance on 30 and 31 December',
    standfirst: 'Freight passes on one lane only for two days. People on foot are not affected.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['pakistan', 'economy'],
    primaryCategory: 'economy',
    topics: ['torkham', 'trade', 'pakistan'],
    publishedAt: '2025-12-28T09:00:00.000Z',
    status: 'PUBLISHED',
    expiresAt: '2026-01-03T00:00:00.000Z',
    html: `<p>The scanner for freight at Torkham will be out of service on 30 and 31 December, customs officers on the Pakistani side announced.</p>
<p>Trucks will be checked by hand on one lane, between seven in the morning and five in the afternoon. Drivers with sealed transit containers are asked to come after 1 January.</p>
<p>The notice is no longer valid after that.</p>`,
  },
];

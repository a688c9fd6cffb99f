import type { SampleArticle } from '../types';

/** 11 to 30 June 2025: the crossings shut and open again. */
export const borderClosureArticles: SampleArticle[] = [
  {
    key: 'torkham-closes',
    slug: 'torkham-shut-after-dispute-over-guard-post',
    language: 'en',
    title: 'Torkham Shut After Dispute Over Guard Post',
    standfirst:
      'The busiest crossing between Afghanistan and Pakistan closed for people and goods on Wednesday morning. Each side says that the other closed it.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    byline: 'Shahzeb Orakzai in Torkham and Zarghuna Wafadar in Jalalabad',
    authors: ['shahzeb-orakzai', 'zarghuna-wafadar'],
    categories: ['afghanistan', 'pakistan', 'security'],
    primaryCategory: 'security',
    topics: [
      'june-2025-border-closure',
      'torkham',
      'border-closures',
      'pakistan',
      'afghanistan',
      'afghanistan-pakistan-border',
      'trade',
    ],
    publishedAt: '2025-06-11T05:50:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/06/torkham-gate.jpg',
      width: 1800,
      height: 1200,
      alt: 'A closed metal gate on a mountain road, with trucks waiting in front of it',
      caption: 'The gate at Torkham on Wednesday morning.',
      credit: 'Dateline Sample News',
    },
    html: `<p>The Torkham crossing between Afghanistan and Pakistan was closed on Wednesday, the first working day after the Eid holiday, when work resumed on a disputed guard post beside the gate.</p>
<p>A Pakistani border official said that the gate was shut at 7:40 in the morning because construction had started again in spite of an understanding reached in May. A spokesman of the border police in Nangarhar province said that Pakistan had closed it without notice and that the post was on Afghan ground.</p>
<p>Nobody was hurt. Some 240 trucks were turned back within two hours, and several hundred people on foot waited on either side, many of them returning from Eid visits.</p>
<p>The crossing at Chaman and Spin Boldak, further south, stayed open. Officials in Islamabad and Kabul said that their embassies were in contact.</p>`,
  },
  {
    key: 'closure-queue',
    slug: 'six-hundred-trucks-wait-on-the-second-day-at-torkham',
    language: 'en',
    title: 'Six Hundred Trucks Wait on the Second Day at Torkham',
    standfirst: 'Drivers share water and shade. Dealers have begun to sell the fruit by the roadside.',
    dateline: { place: 'LANDI KOTAL', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['pakistan', 'economy'],
    primaryCategory: 'economy',
    topics: ['june-2025-border-closure', 'torkham', 'pakistan', 'afghanistan', 'trade', 'border-closures'],
    publishedAt: '2025-06-12T08:25:00.000Z',
    status: 'PUBLISHED',
    html: `<p>About 600 trucks stood on the road between Landi Kotal and Torkham on Thursday, in temperatures above 40 degrees, while the gate stayed shut for a second day.</p>
<p>A third of them carried vegetables or fruit. Dealers from Peshawar bought mangoes on the spot for half of the price that had been agreed with buyers in Jalalabad.</p>
<blockquote><p>“The truck behind me has medicine and the truck in front has potatoes. We joke about who spoils first.”</p></blockquote>
<p>So said Haji Rahmat Shinwarzai, a driver from Nangarhar, who has crossed at Torkham for twenty-two years. A committee of drivers collected 50 rupees from each cab for a water tanker.</p>
<p>A border official said that a meeting of local commanders on Wednesday night had ended without a result.</p>`,
  },
  {
    key: 'closure-chaman',
    slug: 'chaman-stops-freight-as-border-dispute-spreads-south',
    language: 'en',
    title: 'Chaman Stops Freight as Border Dispute Spreads South',
    standfirst: 'People may still walk across. Trucks may not, and the porters of Spin Boldak have no work.',
    dateline: { place: 'CHAMAN', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['pakistan', 'afghanistan', 'security'],
    primaryCategory: 'security',
    topics: [
      'chaman-spin-boldak',
      'june-2025-border-closure',
      'border-closures',
      'afghanistan',
      'pakistan',
      'kandahar',
    ],
    publishedAt: '2025-06-14T05:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Freight between Chaman and Spin Boldak stopped on Saturday, three days after Torkham was shut. People with valid papers were still allowed to walk across, officials on both sides said.</p>
<p>A customs officer in Chaman spoke of “a decision from above”. In Kandahar the chamber of commerce asked both governments to leave trade out of the dispute.</p>
<p>Bashir Kakozada, who speaks for some 2,000 porters in Spin Boldak, said that a porter earns between 300 and 500 afghanis on a day with trucks and nothing on a day without.</p>`,
  },
  {
    key: 'closure-tomatoes',
    slug: 'tomatoes-double-in-kabul-and-rot-in-peshawar',
    language: 'en',
    title: 'Tomatoes Double in Kabul and Rot in Peshawar',
    standfirst: 'Three days of a closed border, measured in two vegetable markets.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    byline: 'Laila Noorzad in Kabul and Shahzeb Orakzai in Peshawar',
    authors: ['laila-noorzad', 'shahzeb-orakzai'],
    categories: ['afghanistan', 'pakistan', 'economy'],
    primaryCategory: 'economy',
    topics: [
      'june-2025-border-closure',
      'trade',
      'kabul',
      'peshawar',
      'afghanistan',
      'pakistan',
      'agriculture',
      'parwana-hakimyar',
    ],
    publishedAt: '2025-06-14T05:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A kilogram of tomatoes cost 70 afghanis in Kabul on Friday, twice as much as on Tuesday. In the wholesale market of Peshawar, 230 kilometres away, the same tomatoes were sold to a cattle farmer for the price of the crate.</p>
<p>In June the eastern provinces of Afghanistan usually sell to Pakistan, and Pakistan sells onions, mangoes and potatoes back. With Torkham shut, both harvests are in the wrong place.</p>
<p>Parwana Hakimyar, whose index follows 38 goods in five Afghan cities, said that only fresh food had moved so far. “Flour and oil are in the warehouses for six weeks. After ten days people will begin to hoard, and then the numbers change.”</p>
<p>Wholesalers in Peshawar asked the provincial government to waive the market fee until the border opens.</p>`,
  },
  {
    key: 'closure-patients',
    slug: 'patients-wait-in-jalalabad-for-the-gate-to-open',
    language: 'en',
    title: 'Patients Wait in Jalalabad for the Gate to Open',
    standfirst:
      'Appointments in Peshawar have passed. Doctors on both sides have sent a list of urgent cases.',
    dateline: { place: 'JALALABAD', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'society'],
    primaryCategory: 'society',
    topics: [
      'june-2025-border-closure',
      'jalalabad',
      'afghanistan',
      'pakistan',
      'peshawar',
      'torkham',
      'border-closures',
    ],
    publishedAt: '2025-06-16T10:05:00.000Z',
    status: 'PUBLISHED',
    html: `<p>More than ninety patients with appointments in the hospitals of Peshawar were waiting in Jalalabad on Monday, the sixth day of the closure at Torkham.</p>
<p>Amina Zadrani, 54, was due to begin radiotherapy last Thursday. She and her son sleep in the courtyard of a guest house. “They tell us tomorrow,” the son said. “Every day it is tomorrow.”</p>
<p>Doctors in the two cities have drawn up a list of 27 urgent cases and given it to the border officials. One of the doctors, who asked not to be named, said that the list was received politely on both sides and signed by neither.</p>
<p>An ambulance needs four hours to Kabul, where the waiting time for the same treatment is three months.</p>`,
  },
  {
    key: 'closure-accusations',
    slug: 'closure-turns-into-quarrel-over-ttp-and-iskp',
    language: 'en',
    title: 'Closure Turns Into Quarrel Over TTP and ISKP',
    standfirst:
      'What began with a guard post is now about armed groups. The two foreign ministries issued five statements within a day.',
    dateline: { place: 'ISLAMABAD', source: 'Dateline Sample News' },
    authors: ['meher-tanoli'],
    categories: ['pakistan', 'threats', 'politics'],
    primaryCategory: 'threats',
    topics: [
      'security-accusations',
      'pakistan',
      'afghanistan',
      'ttp',
      'iskp',
      'taliban',
      'june-2025-border-closure',
      'islamabad',
    ],
    publishedAt: '2025-06-17T16:20:00.000Z',
    status: 'PUBLISHED',
    html: `<p>Pakistan said on Tuesday that the crossings would stay shut until the Taliban authorities act against Tehrik-i-Taliban Pakistan, and so tied the closure to a demand that had not been part of it.</p>
<p>The foreign ministry in Kabul answered within three hours. It accused Islamabad of letting Islamic State Khorasan Province recruit in its cities, and said that trade was being used as a weapon.</p>
<h2>Five statements</h2>
<ul>
<li>Islamabad: no reopening without “visible steps”</li>
<li>Kabul: the guard post is not open to negotiation</li>
<li>Islamabad: fourteen attacks since April were planned across the line</li>
<li>Kabul: the number is invented, and ISKP is the common threat</li>
<li>Islamabad: “we do not need lessons about threats”</li>
</ul>
<p>Diplomats of two countries that talk to both sides said that the quarrel was sharper in public than in private. Neither government has recalled its envoy.</p>`,
  },
  {
    key: 'closure-iran-route',
    slug: 'afghan-importers-turn-trucks-towards-iran',
    language: 'en',
    title: 'Afghan Importers Turn Trucks Towards Iran',
    standfirst:
      'Forwarders in Herat report three times the usual requests. For a buyer in Kabul the road is hundreds of kilometres longer.',
    dateline: { place: 'HERAT', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'economy',
    topics: [
      'transit-trade',
      'iran',
      'afghanistan',
      'herat',
      'june-2025-border-closure',
      'chabahar',
      'pakistan',
      'trade',
    ],
    publishedAt: '2025-06-19T06:40:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/06/islam-qala-trucks.jpg',
      width: 1600,
      height: 1067,
      alt: 'Trucks with tarpaulins queue on a desert road towards a customs station',
      caption: 'Trucks near Islam Qala, on the road from Iran to Herat.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Importers in Kabul who can no longer bring goods through Pakistan are sending them around by way of Iran, freight agents in Herat said on Thursday.</p>
<p>Requests for trucks from Chabahar and Bandar Abbas have tripled since Torkham was shut on 11 June. A forty-foot container that costs 3,400 dollars from Karachi to Kabul costs about 5,100 by the western route, including the ring road.</p>
<p>“Nobody likes the bill. They like the date,” said Naser Ghoriani, an importer of spare parts. He meant that the Iranian route is slow, but that its delays are known in advance.</p>
<p>Some of the cargo may not come back. Two tea companies told this agency that they had signed contracts for a year with warehouses in Chabahar.</p>`,
  },
  {
    key: 'closure-analysis',
    slug: 'analysis-a-closed-border-costs-most-where-nobody-decides',
    language: 'en',
    title: 'Analysis: A Closed Border Costs Most Where Nobody Decides',
    standfirst:
      'Each government believes that the other will tire first. The evidence of earlier closures is that the people along the road tire before either.',
    authors: ['tobias-hartwell'],
    categories: ['analysis', 'economy', 'politics'],
    primaryCategory: 'analysis',
    topics: [
      'border-closures',
      'pakistan',
      'afghanistan',
      'june-2025-border-closure',
      'trade',
      'transit-trade',
      'iran',
      'taliban',
    ],
    publishedAt: '2025-06-20T09:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A closed crossing looks like pressure on a government. In practice it is a tax on a road: on drivers, porters, growers and patients, most of whom live within a day’s drive of the gate and have no say in when it opens.</p>
<h2>What Pakistan can wait for</h2>
<p>Exports to Afghanistan are a small part of Pakistan’s trade, but a large part of the income of two provinces. Cement works near Nowshera have cut a shift. The political price is paid in Peshawar and Quetta, the decision is taken in Islamabad.</p>
<h2>What Kabul can wait for</h2>
<p>The Taliban authorities live on customs. They lose revenue at Torkham and gain part of it back at Islam Qala, since goods that come by way of Iran pay duty as well. That makes a long closure bearable for the treasury and expensive for the shopper.</p>
<p>Three closures since 2023 ended without any published concession. In each case traders’ committees met first, local officers second and ministries last. The order may well be the same this time.</p>
<p>What remains afterwards is a habit. Every closure moves some cargo to the Iranian ports for good, and every reopening starts from a lower number than the one before.</p>`,
  },
  {
    key: 'closure-jirga',
    slug: 'traders-of-both-sides-meet-on-the-zero-line',
    language: 'en',
    title: 'Traders of Both Sides Meet on the Zero Line',
    standfirst:
      'Forty elders and merchants sat between two gates for five hours, and left with a paper of four points.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['peace', 'economy', 'pakistan'],
    primaryCategory: 'peace',
    topics: [
      'mediation',
      'torkham',
      'june-2025-border-closure',
      'afghanistan',
      'pakistan',
      'trade',
      'afghanistan-pakistan-border',
    ],
    publishedAt: '2025-06-22T12:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>A jirga of forty traders and elders from Nangarhar and Khyber met between the gates of Torkham on Sunday, the first talks since local commanders parted without a result eleven days ago, on the night after the crossing was shut.</p>
<p>They agreed on four points and will put them to both governments: work on the guard post is to rest for a month, patients and perishable goods are to pass first, a joint survey is to mark the line, and no side is to close the gate without 72 hours’ notice.</p>
<p>“We are not ambassadors,” said Malik Zahir Afridwal, who led the Pakistani side. “We are people who know what an onion costs.”</p>
<p>A border official who watched the meeting said that the first two points could be carried out at once. Nobody in Kabul or Islamabad commented.</p>`,
  },
  {
    key: 'closure-partial',
    slug: 'torkham-opens-for-patients-and-people-on-foot',
    language: 'en',
    title: 'Torkham Opens for Patients and People on Foot',
    standfirst: 'The gate opened for four hours on Tuesday. Trucks have to wait for a survey of the line.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'pakistan', 'society'],
    primaryCategory: 'society',
    topics: [
      'torkham',
      'june-2025-border-closure',
      'afghanistan',
      'pakistan',
      'afghanistan-pakistan-border',
      'jalalabad',
    ],
    publishedAt: '2025-06-24T13:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The crossing at Torkham opened for people on foot on Tuesday between eight o’clock and noon, and 1,900 of them passed, among them 24 patients from a list that doctors had drawn up last week.</p>
<p>Three others on the list had given up and travelled to Kabul, one of the doctors in Jalalabad said.</p>
<p>Officials of both sides said that the gate would open for the same four hours each day until surveyors have marked the line near the disputed post. Freight is to follow. The queue on the Pakistani side had grown to about 2,300 trucks.</p>`,
  },
  {
    key: 'torkham-reopens',
    slug: 'torkham-reopens-after-sixteen-days',
    language: 'en',
    title: 'Torkham Reopens After Sixteen Days',
    standfirst:
      'The first truck crossed at 8:12 on Friday morning with a load of onions. The guard post stays half built and empty.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    byline: 'Shahzeb Orakzai in Torkham, with Zarghuna Wafadar in Jalalabad',
    authors: ['shahzeb-orakzai', 'zarghuna-wafadar'],
    categories: ['afghanistan', 'pakistan', 'peace'],
    primaryCategory: 'peace',
    topics: [
      'torkham',
      'june-2025-border-closure',
      'afghanistan',
      'pakistan',
      'trade',
      'afghanistan-pakistan-border',
      'border-closures',
    ],
    publishedAt: '2025-06-27T04:30:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/06/torkham-first-truck.jpg',
      width: 1800,
      height: 1200,
      alt: 'A painted truck drives through an open gate while men wave',
      caption: 'The first truck passes the gate at Torkham on Friday.',
      credit: 'Dateline Sample News',
    },
    html: `<p>Trucks are crossing at Torkham again. The gate between Afghanistan and Pakistan opened for freight on Friday morning, sixteen days after it was shut over a guard post.</p>
<p>Surveyors of both sides finished marking the line on Thursday night. Officials said that the post would stay as it is, half built and without guards, until a joint commission has decided about it.</p>
<figure><img src="https://images.dateline.example/2025/06/torkham-onions.jpg" width="1200" height="800" alt="Sacks of onions on an open truck" /><figcaption>Onions had been on the road since 10 June. Photo: Dateline Sample News</figcaption></figure>
<p>Perishable goods and medicine go first. A customs official said that it would take six days to work off the queue if both sides stay open around the clock.</p>
<p>Haji Rahmat Shinwarzai, the driver at the head of the queue, threw away a fifth of his load before he left. “The rest is good,” he said. “The rest will be soup.”</p>
<p>Freight at Chaman and Spin Boldak resumed an hour later.</p>`,
  },
  {
    key: 'closure-losses',
    slug: 'what-sixteen-days-of-a-closed-border-cost',
    language: 'en',
    title: 'What Sixteen Days of a Closed Border Cost',
    standfirst:
      'Chambers of commerce in Peshawar, Kandahar and Kabul put the loss at almost 40 million dollars.',
    dateline: { place: 'PESHAWAR', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada', 'shahzeb-orakzai'],
    categories: ['economy', 'pakistan', 'afghanistan'],
    primaryCategory: 'economy',
    topics: [
      'trade',
      'june-2025-border-closure',
      'pakistan',
      'afghanistan',
      'peshawar',
      'kandahar',
      'border-closures',
    ],
    publishedAt: '2025-06-30T11:55:00.000Z',
    status: 'PUBLISHED',
    html: `<p>The closure of the crossings at Torkham and Chaman between 11 and 27 June cost traders 39.5 million dollars, according to a joint estimate of three chambers of commerce.</p>
<table>
<thead><tr><th>Goods</th><th>Loss (million dollars)</th></tr></thead>
<tbody>
<tr><td>Fresh fruit and vegetables</td><td>9.4</td></tr>
<tr><td>Cement and building materials</td><td>8.1</td></tr>
<tr><td>Coal</td><td>7.8</td></tr>
<tr><td>Flour, rice and sugar</td><td>6.9</td></tr>
<tr><td>Medicine</td><td>2.3</td></tr>
<tr><td>Other goods</td><td>5.0</td></tr>
</tbody>
</table>
<p>The figures count goods that spoiled, fees for waiting trucks and orders that were cancelled. They leave out the customs revenue of both states and the wages of porters.</p>
<p>About a third of the cancelled orders went to suppliers in Iran or Uzbekistan, the chambers said. They asked for a rule that perishable goods pass for five days after any decision to close.</p>`,
  },
];

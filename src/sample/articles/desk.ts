import type { SampleArticle } from '../types';

/** What readers do not see, or not yet, and the page about this sample. */
export const deskArticles: SampleArticle[] = [
  {
    key: 'draft-quetta-line',
    slug: 'southern-hotline-still-waits-for-its-first-call',
    language: 'en',
    title: 'Southern Hotline Still Waits for Its First Call',
    standfirst: 'The line between Kandahar and Quetta has been tested every Monday. TK: number of tests.',
    dateline: { place: 'CHAMAN', source: 'Dateline Sample News' },
    authors: ['sample-desk'],
    categories: ['peace', 'security'],
    primaryCategory: 'peace',
    topics: ['afghanistan-pakistan-border', 'chaman-spin-boldak', 'kandahar', 'afghanistan', 'pakistan'],
    publishedAt: null,
    status: 'DRAFT',
    html: `<p>The telephone between the border commands in Kandahar and Quetta is tested every Monday at ten and has not been used otherwise, officers on both sides say.</p>
<p>[Desk: one more source on the Kandahar side, please. Is the line recorded?]</p>`,
  },
  {
    key: 'draft-chabahar-tariffs',
    slug: 'chabahar-considers-new-tariffs-for-transit-cargo',
    language: 'en',
    title: 'Chabahar Considers New Tariffs for Transit Cargo',
    standfirst: 'Shippers have been told to expect a price list before spring.',
    dateline: { place: 'HERAT', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['economy'],
    primaryCategory: 'economy',
    topics: ['iran', 'chabahar', 'transit-trade', 'afghanistan'],
    publishedAt: null,
    status: 'DRAFT',
    html: `<p>The port of Chabahar is preparing a new price list for transit cargo, freight agents in Herat say. They expect that storage will cost more and handling less.</p>
<p>[Desk: compare with the list of 2025 before this goes out.]</p>`,
  },
  {
    key: 'scheduled-ten-years-on',
    slug: 'ten-years-after-the-closure-of-torkham',
    language: 'en',
    title: 'Ten Years After the Closure of Torkham',
    standfirst: 'An anniversary piece, written early and waiting for its day.',
    dateline: { place: 'TORKHAM', source: 'Dateline Sample News' },
    authors: ['tobias-hartwell'],
    categories: ['analysis', 'pakistan', 'afghanistan'],
    primaryCategory: 'analysis',
    topics: ['torkham', 'june-2025-border-closure', 'afghanistan', 'pakistan', 'border-closures'],
    publishedAt: '2035-06-11T05:00:00.000Z',
    status: 'SCHEDULED',
    html: `<p>Ten years ago today the gate at Torkham was shut over a guard post that was never finished as one.</p>
<p>The building has been a clinic for most of the time since. Those who work there tell new colleagues the story, and not all of them believe it.</p>`,
  },
  {
    key: 'embargoed-trade-report',
    slug: 'transit-trade-in-ten-years-a-report-under-embargo',
    language: 'en',
    title: 'Transit Trade in Ten Years: A Report Under Embargo',
    standfirst: 'Released to partners in advance. Not for publication before 1 January 2035.',
    dateline: { place: 'KABUL', source: 'Dateline Sample News' },
    authors: ['laila-noorzad', 'sadia-mirzada'],
    categories: ['economy', 'analysis'],
    primaryCategory: 'economy',
    topics: ['transit-trade', 'trade', 'afghanistan', 'pakistan', 'iran', 'uzbekistan', 'parwana-hakimyar'],
    publishedAt: '2026-11-16T10:00:00.000Z',
    status: 'PUBLISHED',
    embargoUntil: '2035-01-01T00:00:00.000Z',
    html: `<p>A long-term study of Afghan transit trade, which may be reported from 1 January 2035, compares three scenarios for the roads through Pakistan, Iran and Uzbekistan.</p>
<p>Parwana Hakimyar, one of its authors, said that the study was given out early so that partners could check the tables. Its central finding is that cargo returns to a road more slowly than it leaves.</p>`,
  },
  {
    key: 'page-about',
    slug: 'about-this-sample',
    kind: 'PAGE',
    language: 'en',
    title: 'About This Sample',
    standfirst: 'What this newsroom is, and what it is not.',
    authors: ['sample-desk'],
    categories: [],
    topics: [],
    publishedAt: '2024-11-01T06:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>This is the sample newsroom of Dateline. It is here so that there is something to ask for when you start the server for the first time.</p>
<p><strong>Everything in it is invented.</strong> The places and some of the organisations exist; the events, the people who are quoted, the numbers and the correspondents do not. Nothing here should be cited, and nothing here is a statement of any government, agency or group.</p>
<h2>What you can try</h2>
<ul>
<li>Ask for the relation between Afghanistan and Pakistan and look at June 2025, January 2026 and August 2026.</li>
<li>Read the same article in English, Dari, Pashto, Urdu or Arabic.</li>
<li>Look for the drafts, for a report under embargo and for one that was withdrawn. As a reader you will not find them.</li>
</ul>
<p>When you have seen enough, start with an empty database and import your own archive.</p>`,
  },
];

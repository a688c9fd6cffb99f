import type { SampleArticle } from '../../types';

export const urduTranslations: SampleArticle[] = [
  {
    key: 'torkham-closes.ur',
    slug: 'چوکی-کے-تنازعے-کے-بعد-طورخم-بند',
    language: 'ur',
    translationOf: 'torkham-closes',
    title: 'چوکی کے تنازعے کے بعد طورخم بند',
    standfirst:
      'افغانستان اور پاکستان کے درمیان مصروف ترین گزرگاہ بدھ کی صبح لوگوں اور سامان کے لیے بند ہو گئی۔ ہر فریق کہتا ہے کہ دوسرے نے بند کی۔',
    dateline: { place: 'طورخم', source: 'Dateline Sample News' },
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
    publishedAt: '2025-06-11T07:45:00.000Z',
    status: 'PUBLISHED',
    html: `<p>افغانستان اور پاکستان کے درمیان طورخم کی گزرگاہ بدھ کو، عید کی تعطیلات کے بعد پہلے کاروباری دن، اس وقت بند کر دی گئی جب گیٹ کے ساتھ ایک متنازع چوکی پر کام دوبارہ شروع ہوا۔</p>
<p>ایک پاکستانی سرحدی اہلکار نے کہا کہ گیٹ صبح ۷ بج کر ۴۰ منٹ پر بند کیا گیا کیونکہ مئی میں ہونے والی مفاہمت کے باوجود تعمیر پھر شروع کر دی گئی تھی۔ ننگرہار کی سرحدی پولیس کے ترجمان نے کہا کہ پاکستان نے بغیر اطلاع گیٹ بند کیا اور چوکی افغان زمین پر ہے۔</p>
<p>کسی کو نقصان نہیں پہنچا۔ دو گھنٹوں میں تقریباً ۲۴۰ ٹرک واپس موڑ دیے گئے۔ جنوب میں چمن اور سپن بولدک کی گزرگاہ کھلی رہی۔</p>`,
  },
  {
    key: 'talks-end.ur',
    slug: 'دوحہ-مذاکرات-ہاٹ-لائن-پر-ختم-دستخط-نہ-ہوئے',
    language: 'ur',
    translationOf: 'talks-end',
    title: 'دوحہ مذاکرات ہاٹ لائن پر ختم، دستخط نہ ہوئے',
    standfirst:
      'افغانستان اور پاکستان سرحدی کمانوں کے درمیان ٹیلی فون لائن اور ترکی میں دوبارہ ملاقات پر متفق ہو گئے۔ مسلح گروہوں پر صرف ایک دوسرے کا مؤقف سنا گیا۔',
    dateline: { place: 'دوحہ', source: 'Dateline Sample News' },
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
    publishedAt: '2026-01-23T04:20:00.000Z',
    status: 'PUBLISHED',
    html: `<p>افغانستان اور پاکستان کے چار روزہ مذاکرات جمعرات کی شام دوحہ میں ایک ایسے بیان پر ختم ہوئے جسے میزبان نے پڑھ کر سنایا اور جس پر کسی نے دستخط نہیں کیے۔</p>
<p>بیان میں تین فیصلے ہیں۔ جلال آباد اور پشاور کی سرحدی کمانوں کے درمیان، اور قندھار اور کوئٹہ کے درمیان، ٹیلی فون لائن قائم ہوگی۔ آٹھ افسروں کا ایک کمیشن متنازع چوکیوں کو دیکھے گا۔ دونوں فریق اپریل میں ترکی میں پھر ملیں گے۔</p>
<p>اسلام آباد میں ایک عہدیدار نے کہا: ”ہم پتا لینے گئے تھے اور ٹیلی فون نمبر لے کر آئے۔“ افغان وفد کے ایک رکن نے کہا کہ اتوار تک تو نمبر بھی نہیں تھا۔</p>`,
  },
  {
    key: 'karachi-shops-2026.ur',
    slug: 'کراچی-کے-افغان-دکاندار-وہ-بیچ-رہے-ہیں-جو-اٹھا-نہیں-سکتے',
    language: 'ur',
    translationOf: 'karachi-shops-2026',
    title: 'کراچی کے افغان دکاندار وہ بیچ رہے ہیں جو اٹھا نہیں سکتے',
    standfirst: 'شہر کے کنارے کپڑے کے ایک بازار میں تیس برس کا کاروبار رعایت پر ختم ہو رہا ہے۔',
    dateline: { place: 'کراچی', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'society', 'economy'],
    primaryCategory: 'society',
    topics: ['refugees', 'karachi', 'pakistan', 'afghanistan', 'refugee-deadline-2026', 'trade'],
    publishedAt: '2026-07-15T13:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>کراچی میں سہراب گوٹھ کے قریب کپڑے کے ایک بازار میں اس ہفتے ہر تیسری دکان پر لکھا ہے کہ مال لاگت پر دستیاب ہے۔ مالک افغان ہیں اور ان کے کارڈ کی مدت ختم ہو چکی ہے۔</p>
<p>۴۱ سالہ عبدالبصیر کوہستان وال نے کہا: ”میں کوئٹہ میں پیدا ہوا، شادی کراچی میں ہوئی اور میرے والد یہیں دفن ہیں۔“ وہ سلائی مشینیں بیچ چکے ہیں اور دکان کا کرایہ نامہ کسی اور کے نام کرنا چاہتے ہیں۔</p>
<p>گھریلو سامان سرحد سے بغیر محصول گزر سکتا ہے۔ دکان کے مال پر محصول لگتا ہے، اور بہت سوں کے پاس رسیدیں نہیں ہیں۔</p>`,
  },
  {
    key: 'clerics-letter.ur',
    slug: 'کراچی-کے-علما-کی-کابل-تک-خط-پہنچانے-کی-پیشکش',
    language: 'ur',
    translationOf: 'clerics-letter',
    title: 'کراچی کے علما کی کابل تک خط پہنچانے کی پیشکش',
    standfirst:
      'چودہ مدارس کے مہتمم کہتے ہیں کہ وہ ان لوگوں سے بات کر سکتے ہیں جن تک سفارت کار نہیں پہنچتے۔ کسی حکومت نے انکار نہیں کیا۔',
    dateline: { place: 'کراچی', source: 'Dateline Sample News' },
    authors: ['sadia-mirzada'],
    categories: ['pakistan', 'peace', 'politics'],
    primaryCategory: 'peace',
    topics: ['mediation', 'abdul-wakeel-sarwani', 'karachi', 'pakistan', 'afghanistan', 'taliban', 'ttp'],
    publishedAt: '2026-10-08T15:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>کراچی کے چودہ دینی مدارس کے مہتممین نے مسلح گروہوں کے معاملے پر پاکستان اور طالبان حکام کے درمیان ثالثی کی پیشکش کی ہے۔ یہ بات جمعرات کو سامنے آنے والے ایک خط میں کہی گئی ہے۔</p>
<p>خط پر پہلا نام ۷۱ سالہ مفتی عبدالوکیل سروانی کا ہے جن کے سابق شاگرد سرحد کے دونوں طرف دفتروں میں بیٹھتے ہیں۔ انہوں نے کہا: ”میں مذاکرات نہیں کرتا۔ جس آدمی کو میں نے پڑھنا سکھایا، اس سے کہتا ہوں کہ کچھ پڑھ لے۔“</p>
<p>خط میں لکھا ہے کہ کسی مسلمان ہمسائے کی زمین خون بہانے کے لیے استعمال نہ ہو، اور غریبوں پر راستہ بند کرنا کوئی جواب نہیں۔</p>`,
  },
  {
    key: 'rapprochement-analysis.ur',
    slug: 'کابل-اور-اسلام-آباد-کا-نرم-لہجہ',
    language: 'ur',
    translationOf: 'rapprochement-analysis',
    title: 'کابل اور اسلام آباد نرم لہجہ آزما رہے ہیں',
    standfirst:
      'چھ ہفتوں کے خطوط، دوروں اور کم محصولات نے افغانستان اور پاکستان کی ایک دوسرے کے بارے میں زبان بدل دی ہے۔ جو سوال انہیں جدا کرتا ہے وہ اب بھی باقی ہے۔',
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
    publishedAt: '2026-11-17T11:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>جون ۲۰۲۵ میں گزرگاہوں کی بندش کے بعد پہلی بار پورا ایک مہینہ گزرا ہے جس میں کابل یا اسلام آباد نے نام لے کر ایک دوسرے پر الزام نہیں لگایا۔ سفارت کار ایسی خاموشی محسوس کر لیتے ہیں۔ ڈرائیور بھی، جو اب پھر ہفتے میں دو پھیرے لگا رہے ہیں۔</p>
<h2>کیا نہیں بدلا</h2>
<ul>
<li>پاکستان اب بھی کہتا ہے کہ تحریک طالبان پاکستان افغان سرزمین پر ہے، مگر کم کہتا ہے۔</li>
<li>طالبان اب بھی کہتے ہیں کہ داعش خراسان کو پاکستانی شہروں سے مدد ملتی ہے، مگر بند کمروں میں کہتے ہیں۔</li>
</ul>
<p>منصفانہ بات یہ ہے کہ دشمنی کی قیمت نظر آنے لگی ہے اور دونوں فریق کم ادا کرنا چاہتے ہیں۔ یہ ایک وقفے کی وجہ ہے۔ اس سے زیادہ کچھ ہے یا نہیں، یہ بہار میں معلوم ہوگا جب دروں سے برف ہٹے گی۔</p>`,
  },
];

/** What the invented news is made of. A sentence is put together from phrases in the order of the language. */
export interface Words {
  readonly language: Language;
  readonly subjects: readonly string[];
  readonly verbs: readonly string[];
  readonly objects: readonly string[];
  readonly places: readonly string[];
  readonly times: readonly string[];
  readonly qualifiers: readonly string[];
  readonly stop: string;
  readonly order: 'SVO' | 'SOV';
  readonly remarks: readonly string[];
}

export type Language = 'en' | 'fa' | 'ps' | 'ur' | 'ar';

/** Phrases between bars. Lines of this file are broken where they are too long; the phrases are not. */
const lines = (text: string): string[] =>
  text
    .split('|')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '');

const english: Words = {
  language: 'en',
  order: 'SVO',
  stop: '.',
  subjects:
    lines(`The ministry of finance|The central bank|Border officials|The interior minister|Traders at the
    crossing|The provincial council|Farmers in the valley|Aid agencies|A spokesman for the government|The
    transport union|Teachers and parents|The high court|Two members of parliament|Health workers|The electricity
    authority|Customs officers|Returning families|The opposition|The foreign ministry|A delegation of elders|Police
    commanders|The chamber of commerce|Shopkeepers|The municipal water board|Engineers from the port|The national
    airline|Journalists|The commission for human rights|A committee of clerics|The statistics office|Young
    graduates|The mayor|Railway workers|Doctors at the hospital|The regional governor|Truck drivers|Bakers in the
    old town|The election commission|The anti-corruption court|Researchers at the university`),
  verbs:
    lines(`announced|rejected|discussed|welcomed|postponed|approved|criticised|described|confirmed|denied|
    published|warned of|asked for|agreed on|complained about|counted|promised|inspected|suspended|resumed|
    demanded|registered|defended|questioned|explained|opened talks on|reported progress on|voted against|voted
    for|withdrew from`),
  objects:
    lines(`new rules for imports|the price of wheat flour|a programme for irrigation canals|repairs to the
    mountain road|the budget for schools|a ceasefire along the frontier|the release of detained fishermen|a plan
    for refugees from the drought|licences for private clinics|the reopening of the market|the tax on fuel|a
    railway to the coast|joint patrols|the vaccination of children|a draft law on the media|salaries of civil
    servants|the export of dried fruit|talks in the capital|electricity for the factories|an inquiry into the
    explosion|the harvest of saffron|visas for students|the date of local elections|compensation for the
    floods|the customs tariff|a bridge over the river|winter aid for the north|the return of displaced people|a
    loan from the development bank|cheaper medicines|land titles for widows|the protection of pistachio forests|
    weather stations in remote districts|the new timetable of the buses|the currency's exchange rate`),
  places: lines(`in Kabul|in Peshawar|in Karachi|in Herat|in Islamabad|in Kandahar|near Torkham|near Chaman|in
    Jalalabad|in Lahore|in Quetta|in Mazar-i-Sharif|in Doha|in Istanbul|in Tehran|in Tashkent|in Bamyan|in
    Badakhshan|in Nangarhar|in Ghazni|in Multan|in Faizabad|along the Helmand|at the United Nations|in the
    Salang pass|in Gwadar|in Dushanbe|in Mashhad|across the province|in three districts`),
  times:
    lines(`on Monday|on Tuesday|on Wednesday|on Thursday|late on Friday|on Saturday|on Sunday|this week|last
    month|before the holiday|after two days of talks|for the second time this year|on the eve of the summit|before
    dawn|since the beginning of the year|in the first quarter|after the rains`),
  qualifiers:
    lines(`according to two people who were present|although no date has been set|in a statement of four
    pages|while prices went on rising|and asked neighbouring countries for help|without giving reasons|with the
    agreement of all parties|despite objections from the south|and said that more would follow|as the talks went
    into a third round|which had been expected for weeks|under an agreement signed ten years ago|but left the
    details open|after complaints from residents|in the presence of observers|and put the cost at several
    million`),
  remarks:
    lines(`Thank you for this report.|I live nearby and can confirm this.|Who pays for it in the end?|We
    have heard such promises before.|Please follow this up next month.|This is not what the minister said on
    Tuesday.|My cousin works there; nothing has changed.|Good news, if it lasts.|Does anybody know the date?|The
    figures do not add up.|A very balanced article.|What about the villages in the north?|I disagree with the
    second paragraph.|At last somebody says it.|Is there a source for this?`),
};

const persian: Words = {
  language: 'fa',
  order: 'SOV',
  stop: '.',
  subjects: lines(`وزارت مالیه|بانک مرکزی|مقام‌های مرزی|وزیر داخله|بازرگانان|شورای ولایتی|کشاورزان دره|نهادهای
    امدادی|سخنگوی حکومت|اتحادیه ترانسپورت|آموزگاران و والدین|دادگاه عالی|دو عضو پارلمان|کارکنان صحی|شرکت برق|مأموران
    گمرک|خانواده‌های بازگشته|مخالفان دولت|وزارت خارجه|هیئت بزرگان|فرماندهان پولیس|اتاق تجارت|دکانداران|اداره آبرسانی|
    مهندسان بندر|شرکت هواپیمایی|خبرنگاران|کمیسیون حقوق بشر|شورای علما|اداره احصائیه|جوانان فارغ‌التحصیل|شاروال شهر|
    کارگران راه‌آهن|پزشکان شفاخانه|والی منطقه|رانندگان موتر|نانوایان شهر کهنه|کمیسیون انتخابات`),
  verbs:
    lines(`اعلام کرد|رد کرد|بررسی کرد|استقبال کرد|به تعویق انداخت|تصویب کرد|انتقاد کرد|توضیح داد|تأیید کرد|منتشر
    کرد|هشدار داد|درخواست کرد|پذیرفت|متوقف کرد|از سر گرفت|ثبت کرد|وعده داد|خواستار شد|آغاز کرد|به پایان رساند`),
  objects:
    lines(`مقررات تازه واردات را|بهای آرد گندم را|برنامه کانال‌های آبیاری را|ترمیم جاده کوهستانی را|بودجه مکتب‌ها
    را|آتش‌بس در امتداد مرز را|رهایی ماهیگیران بازداشت‌شده را|طرح کمک به آوارگان خشکسالی را|جواز شفاخانه‌های خصوصی
    را|بازگشایی بازار را|مالیات بر سوخت را|خط آهن تا ساحل را|گزمه مشترک را|واکسین کودکان را|پیش‌نویس قانون رسانه‌ها
    را|معاش کارمندان را|صادرات میوه خشک را|گفتگوها در پایتخت را|برق کارخانه‌ها را|تحقیق درباره انفجار را|برداشت زعفران
    را|ویزای دانشجویان را|تاریخ انتخابات محلی را|جبران خسارت سیلاب را|تعرفه گمرکی را|ساخت پل بر رودخانه را|کمک
    زمستانی به شمال را|بازگشت بیجاشدگان را|وام بانک انکشاف را|نرخ اسعار را`),
  places:
    lines(`در کابل|در پیشاور|در کراچی|در هرات|در اسلام‌آباد|در قندهار|در نزدیکی تورخم|در چمن|در جلال‌آباد|در
    لاهور|در کویته|در مزار شریف|در دوحه|در استانبول|در تهران|در تاشکند|در بامیان|در بدخشان|در ننگرهار|در غزنی|در
    مشهد|در دوشنبه|در سراسر ولایت|در سه ولسوالی`),
  times:
    lines(`روز دوشنبه|روز سه‌شنبه|روز چهارشنبه|روز پنجشنبه|شام جمعه|روز شنبه|روز یکشنبه|این هفته|ماه گذشته|پیش از
    عید|پس از دو روز گفتگو|برای دومین بار در سال جاری|در آستانه نشست|از آغاز سال|پس از باران‌ها`),
  qualifiers:
    lines(`به گفته دو تن از حاضران|هرچند تاریخی تعیین نشده است|در اعلامیه‌ای چهار صفحه‌ای|در حالی که بهای کالاها
    بالا می‌رود|بدون ارائه دلیل|با توافق همه طرف‌ها|با وجود مخالفت جنوب|پس از شکایت باشندگان|در حضور ناظران|بر اساس
    توافق‌نامه ده سال پیش`),
  remarks:
    lines(`تشکر از این گزارش.|من در همان نزدیکی زندگی می‌کنم.|هزینه آن را کی می‌پردازد؟|این وعده‌ها را پیش از این
    هم شنیده‌ایم.|لطفاً ماه آینده پیگیری کنید.|خبر خوب است اگر دوام بیاورد.|ارقام با هم نمی‌خوانند.|منبع این خبر چیست؟|
    گزارش متوازنی بود.|قریه‌های شمال چه می‌شوند؟`),
};

const pashto: Words = {
  language: 'ps',
  order: 'SOV',
  stop: '.',
  subjects:
    lines(`د مالیې وزارت|مرکزي بانک|د سرحد چارواکي|د کورنیو چارو وزیر|سوداګر|ولایتي شورا|بزګران|مرستندویه
    ادارې|د حکومت ویاند|ښوونکي|ستره محکمه|روغتیايي کارکوونکي|د بریښنا شرکت|د ګمرک مامورین|د بهرنیو چارو وزارت|د
    مشرانو پلاوی|پولیس|دوکانداران|خبریالان|ښاروال|ډاکټران|والي`),
  verbs: lines(
    `اعلان کړل|رد کړل|وڅېړل|ومنل|وځنډول|تصویب کړل|تایید کړل|خپاره کړل|وغوښتل|ودرول|بیا پیل کړل|ثبت کړل`,
  ),
  objects:
    lines(`د وارداتو نوي قواعد|د اوړو بیې|د اوبو د کانالونو پروګرام|د غرنۍ لارې رغول|د ښوونځیو بودیجه|د پولې
    اوربند|د بازار بیا پرانیستل|د تېلو مالیه|د ماشومانو واکسین|د رسنیو د قانون مسوده|د وچې مېوې صادرات|د سېلاب
    تاوان|د پله جوړول|ژمنۍ مرستې|د بې‌ځایه شویو راستنېدل`),
  places:
    lines(`په کابل کې|په پېښور کې|په کندهار کې|په ننګرهار کې|په جلال‌آباد کې|په هرات کې|په کوټه کې|تورخم ته
    څېرمه|په چمن کې|په غزني کې|په ټول ولایت کې`),
  times:
    lines(`د دوشنبې په ورځ|د سه‌شنبې په ورځ|د جمعې په ماښام|دا اونۍ|تېره میاشت|تر اختر مخکې|له دوه ورځو خبرو
    وروسته|د کال له پیله`),
  qualifiers:
    lines(`د دوو شاهدانو په وینا|که څه هم نېټه نه ده ټاکل شوې|د ټولو په موافقه|پرته له دلیله|د اوسېدونکو له
    شکایت وروسته`),
  remarks: lines(
    `مننه له دې راپور نه.|د دې سرچینه څه ده؟|ښه خبر دی.|موږ دا ژمنې اورېدلې دي.|شمېرې سمې نه دي.`,
  ),
};

const urdu: Words = {
  language: 'ur',
  order: 'SOV',
  stop: '۔',
  subjects:
    lines(`وزارت خزانہ نے|مرکزی بینک نے|سرحدی حکام نے|وزیر داخلہ نے|تاجروں نے|صوبائی کونسل نے|کسانوں نے|امدادی
    اداروں نے|حکومت کے ترجمان نے|ٹرانسپورٹ یونین نے|اساتذہ نے|عدالت عالیہ نے|ارکان پارلیمنٹ نے|بجلی کمپنی نے|کسٹم
    حکام نے|حزب اختلاف نے|دفتر خارجہ نے|عمائدین کے وفد نے|پولیس نے|دکانداروں نے|صحافیوں نے|ڈاکٹروں نے|الیکشن کمیشن
    نے`),
  verbs:
    lines(`کا اعلان کیا|کو مسترد کر دیا|پر غور کیا|کا خیر مقدم کیا|کو ملتوی کر دیا|کی منظوری دی|پر تنقید کی|کی تصدیق
    کی|کا مطالبہ کیا|کو روک دیا|دوبارہ شروع کیا|کا وعدہ کیا`),
  objects:
    lines(`درآمدات کے نئے قواعد|آٹے کی قیمت|نہروں کے منصوبے|پہاڑی سڑک کی مرمت|اسکولوں کے بجٹ|سرحد پر جنگ بندی|
    ماہی گیروں کی رہائی|بازار کے دوبارہ کھلنے|ایندھن پر ٹیکس|ریلوے لائن|بچوں کی ویکسینیشن|ذرائع ابلاغ کے قانون|خشک میوے
    کی برآمد|دھماکے کی تحقیقات|بلدیاتی انتخابات کی تاریخ|سیلاب کے معاوضے|دریا پر پل|شرح مبادلہ`),
  places:
    lines(`کابل میں|پشاور میں|کراچی میں|اسلام آباد میں|لاہور میں|کوئٹہ میں|قندھار میں|طورخم کے قریب|چمن میں|ملتان
    میں|دوحہ میں|صوبے بھر میں`),
  times:
    lines(`پیر کو|منگل کو|بدھ کو|جمعرات کو|جمعے کی شام|ہفتے کو|اس ہفتے|گزشتہ ماہ|عید سے پہلے|دو روزہ مذاکرات کے
    بعد|سال کے آغاز سے`),
  qualifiers:
    lines(`دو عینی شاہدین کے مطابق|اگرچہ تاریخ طے نہیں ہوئی|وجہ بتائے بغیر|تمام فریقوں کی رضامندی سے|رہائشیوں کی
    شکایات کے بعد|مبصرین کی موجودگی میں`),
  remarks:
    lines(`اس رپورٹ کا شکریہ۔|اس خبر کا ذریعہ کیا ہے؟|اچھی خبر ہے۔|یہ وعدے ہم پہلے بھی سن چکے ہیں۔|اعداد و شمار
    درست نہیں۔`),
};

const arabic: Words = {
  language: 'ar',
  order: 'SVO',
  stop: '.',
  subjects:
    lines(`وزارة المالية|المصرف المركزي|مسؤولو الحدود|وزير الداخلية|التجار|مجلس الولاية|المزارعون|وكالات الإغاثة|
    المتحدث باسم الحكومة|المعلمون|المحكمة العليا|العاملون في الصحة|شركة الكهرباء|موظفو الجمارك|المعارضة|وزارة
    الخارجية|وفد الشيوخ|قادة الشرطة|الصحفيون|الأطباء|لجنة الانتخابات`),
  verbs: lines(`أعلنت|رفضت|ناقشت|رحبت بـ|أجلت|أقرت|انتقدت|أكدت|نفت|نشرت|طلبت|علقت|استأنفت`),
  objects:
    lines(`قواعد الاستيراد الجديدة|سعر الدقيق|برنامج قنوات الري|إصلاح الطريق الجبلي|ميزانية المدارس|وقف إطلاق
    النار على الحدود|الإفراج عن الصيادين|إعادة فتح السوق|ضريبة الوقود|خط السكة الحديدية|تطعيم الأطفال|مشروع قانون
    الإعلام|تصدير الفواكه المجففة|التحقيق في الانفجار|موعد الانتخابات المحلية|تعويضات الفيضانات|بناء جسر على
    النهر|سعر الصرف`),
  places:
    lines(`في كابول|في بيشاور|في كراتشي|في إسلام آباد|في قندهار|في هرات|قرب تورخم|في الدوحة|في إسطنبول|في
    طهران|في أنحاء الولاية`),
  times:
    lines(`يوم الاثنين|يوم الثلاثاء|يوم الأربعاء|يوم الخميس|مساء الجمعة|هذا الأسبوع|الشهر الماضي|قبل العيد|بعد يومين من
    المحادثات|منذ بداية العام`),
  qualifiers: lines(`وفق شاهدين|رغم عدم تحديد موعد|دون ذكر الأسباب|بموافقة جميع الأطراف|بعد شكاوى السكان|بحضور
    مراقبين`),
  remarks: lines(
    `شكرا على هذا التقرير.|ما مصدر هذا الخبر؟|خبر جيد.|سمعنا هذه الوعود من قبل.|الأرقام غير صحيحة.`,
  ),
};

export const WORDS: Readonly<Record<Language, Words>> = {
  en: english,
  fa: persian,
  ps: pashto,
  ur: urdu,
  ar: arabic,
};

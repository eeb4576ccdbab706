"""The ways of reaching customers that the KPI catalogue tells apart."""

from __future__ import annotations

TACTIC_NAMES: dict[str, tuple[str, str]] = {
    "website": ("自社サイト", "Own website"),
    "leadgen_site": ("リード獲得サイト", "Lead-generation site"),
    "seminar": ("セミナー", "Seminar"),
    "exhibition": ("展示会", "Exhibition"),
    "inquiry_outreach": ("問い合わせフォーム営業", "Form outreach"),
    "mass_ad": ("マス広告", "Mass advertising"),
    "search_ad": ("検索・ディスプレイ広告", "Search and display ads"),
    "dm": ("DM(郵送・FAX)", "Direct mail and fax"),
    "letter": ("手紙", "Letter"),
    "call": ("電話", "Phone"),
    "door_to_door": ("飛び込み訪問", "Walk-in visit"),
    "referral": ("紹介", "Referral"),
    "networking": ("交流会", "Networking"),
    "outsourcing": ("獲得代行", "Agency"),
    "web_content": ("Webコンテンツ", "Web content"),
    "email": ("メール", "E-mail"),
    "video": ("動画", "Video"),
    "whitepaper": ("ホワイトペーパー", "White paper"),
    "survey": ("アンケート", "Survey"),
    "remarketing": ("リターゲティング広告", "Retargeting"),
    "newsletter": ("ニュースレター", "Newsletter"),
    "visit": ("訪問", "Visit"),
    "telemarketing": ("テレマーケティング", "Telemarketing"),
    "sns": ("SNS", "Social media"),
    "salon": ("サロン・勉強会", "Salon"),
    "partner": ("代理店", "Partner"),
    "other": ("その他", "Other"),
}
TACTICS: tuple[str, ...] = tuple(TACTIC_NAMES)

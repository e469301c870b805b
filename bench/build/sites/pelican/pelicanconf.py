"""The settings of the site for Pelican."""

SECTIONS = [
    ("yaowen", "要闻"), ("shizheng", "时政"), ("xieshang", "协商"), ("jingji", "经济"),
    ("minsheng", "民生"), ("wenhua", "文化"), ("keji", "科技"), ("fukan", "副刊"),
]  # fmt: skip
PUBLISHER = "示例日报社"

SITENAME = "示例日报"
SITEURL = "https://paper.example"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
PATH = "content"
OUTPUT_PATH = "out"
THEME = "theme"
THEME_STATIC_DIR = "."
STATIC_PATHS: list[str] = []
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["paper"]
ARTICLE_ORDER_BY = "reversed-slug"
NEWEST_FIRST_ARCHIVES = True

ARTICLE_URL = "issues/{issue}/{place_in_issue}/"
ARTICLE_SAVE_AS = f"{ARTICLE_URL}index.html"
DAY_ARCHIVE_URL = "issues/{date:%Y-%m-%d}/"
DAY_ARCHIVE_SAVE_AS = f"{DAY_ARCHIVE_URL}index.html"
YEAR_ARCHIVE_URL = "archive/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = f"{YEAR_ARCHIVE_URL}index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
CATEGORY_URL = "sections/{slug}/"
CATEGORY_SAVE_AS = f"{CATEGORY_URL}index.html"
PAGINATED_TEMPLATES = {"category": 50}
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
DIRECT_TEMPLATES = ["index", "archives", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ALL_RSS = "index.xml"
FEED_MAX_ITEMS = 40

# What Pelican would make of its own accord.
TAG_SAVE_AS = AUTHOR_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = AUTHORS_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

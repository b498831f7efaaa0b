"""What is noted of a source's list, and why it gave nothing: every sentence of the parsers, as ``errors`` tells them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: list[str | Promise] = [
    # any list
    _("The list has %(n)s MB; at most %(limit)s are read."),
    _("The answer is empty: no list came, not even an empty one."),
    _("A source of kind %(kind)s has no list to read."),
    _("The list is nested too deeply to be read (%(detail)s)."),
    _("%(n)s items are listed; the first %(limit)s are taken."),
    _("The list came back without items."),
    _("%(n)s items found where %(low)s to %(high)s are usual"),
    _("%(n)s items found where at least %(low)s are usual"),
    _("%(error)s (%(n)s of %(all)s requests)"),
    # what is taken of it
    _("%(n)s left out: %(host)s is on the deny list"),
    _("%(n)s left out: %(host)s is not a host of this source"),
    _("%(n)s left out: no keyword in title or summary"),
    # while somebody waits for a preview
    _("Asking for the list: %(address)s"),
    _("Asking %(address)s"),
    _("Reading item %(n)s of %(all)s: %(title)s"),
    # what an address was taken for
    _("A PDF: it will be watched for changes."),
    _("An RSS or Atom feed."),
    _("A sitemap."),
    _("A WordPress interface."),
    _("JSON without a list of entries; name the path under mapping.items."),
    _("JSON with %(n)s entries under the root; check the mapping."),
    _("JSON with %(n)s entries under %(rule)s; check the mapping."),
    _("The page names its feed: %(address)s"),
    _("A WordPress site; its interface lists the posts."),
    _("A listing: %(rule)s finds %(n)s links; check the selectors."),
    _("A listing: %(rule)s finds %(n)s links; check the selectors. Its next page is %(address)s."),
    _("A listing: %(rule)s finds %(n)s links; check the selectors. Its pages are told by %(name)s=."),
    _("A listing: %(rule)s finds %(n)s links; check the selectors. Its pages are %(address)s."),
    _("A single page: it will be watched for changes."),
    # feeds
    _("The feed declares entities; the declarations were dropped unread."),
    _("The feed cannot be read: %(detail)s"),
    _("The feed is not well formed (%(detail)s); %(n)s entries could be read."),
    _("%(n)s of %(all)s entries have no address and were left out."),
    _("%(n)s of %(all)s entries have no date that can be read; it stays unknown."),
    _("The feed has no entries."),
    _("A web page titled “%(title)s” came in place of a feed."),
    _("A web page came in place of a feed."),
    _("JSON came in place of a feed."),
    _("What came is neither RSS nor Atom."),
    # web pages
    _("The definition has no selector for the items; add select.item."),
    _("select.item %(rule)s is no CSS selector: %(detail)s"),
    _("%(rule)s finds nothing in a page of %(n)s bytes titled “%(title)s”."),
    _("%(rule)s finds nothing in a page of %(n)s bytes."),
    _("%(n)s of %(all)s entries have no usable link and were left out."),
    _("%(n)s of %(all)s entries have no date that %(rule)s finds; it stays unknown."),
    _("%(address)s is no web address."),
    # JSON
    _("%(rule)s is no list but %(kind)s."),
    _("None of %(n)s entries has an address under %(rule)s."),
    _("%(n)s of %(all)s entries have no date under %(rule)s; it stays unknown."),
    _("The lookup gives no entry with what is needed."),
    _("The lookup gives no entry with %(rule)s."),
    _("There is nothing under %(rule)s; the answer holds: %(detail)s."),
    # site maps
    _("The compressed sitemap is damaged: %(detail)s."),
    _("The sitemap is no XML: %(detail)s"),
    _("The sitemap is no XML."),
    _("The root element is <%(name)s>, neither a sitemap nor an index of sitemaps."),
    _("An index of sitemaps lists another index; that is not followed."),
    _("The index lists no sitemap."),
    _("%(n)s sitemaps are listed; the newest %(limit)s are read."),
    _("%(n)s entries have no usable address and were left out."),
    _("The sitemap lists no page."),
    # WordPress
    _("The site says: %(detail)s"),
    _("The list of post types is no mapping."),
    _("The site has none of the types wanted; it has: %(detail)s."),
    _("Post types read: %(detail)s."),
    _("The list of posts is no list."),
    _("The type %(kind)s has no posts."),
    _("%(n)s of %(all)s posts have no address and were left out."),
]

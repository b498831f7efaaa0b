from django.contrib.staticfiles import finders

from reex_site.lib.plotly_static import NAME, PlotlyFinder


def test_plotly_is_found_under_its_own_name_and_nothing_else():
    assert str(finders.find(NAME)).endswith("plotly.min.js")
    assert PlotlyFinder().find("plotly/widgetbundle.js") == []
    assert PlotlyFinder().find("plotly/../plotly.min.js") == []


def test_collectstatic_gets_one_file_with_its_folder():
    ((path, storage),) = PlotlyFinder().list([])
    assert (storage.prefix, path) == ("plotly", "plotly.min.js")
    assert storage.exists(path)

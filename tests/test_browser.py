"""The browser of the tests: it is the machine's own, it obeys the security policy, and axe finds what it should."""


def test_a_page_of_haven_opens_in_the_browser(page):
    answer = page.goto("/healthz")

    assert answer.status == 200
    assert page.evaluate("document.contentType") == "application/json"


def test_a_page_without_script_runs_none(page_without_script):
    page_without_script.set_content("<title>Before</title><script>document.title = 'After'</script>")

    assert page_without_script.title() == "Before"


def test_axe_finds_a_barrier(page, barriers):
    page.goto("/healthz")
    page.set_content("<html><body><main><h1>A picture</h1><img src='x.png'></main></body></html>")

    assert {"image-alt", "html-has-lang", "document-title"} <= {found["rule"] for found in barriers(page)}


def test_axe_finds_nothing_where_there_is_no_barrier(page, barriers):
    page.goto("/healthz")
    page.set_content(
        "<html lang='en'><head><title>A page</title></head><body><main><h1>A page</h1></main></body></html>"
    )

    assert barriers(page) == []


def test_the_address_bar_is_answered_from_the_tests_own_database(page, own_database):
    assert page.goto("/readyz").status == 200

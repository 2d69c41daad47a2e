"""The grid's page of 45 pupils: its weight, and when it can be used at 1 Mbit/s.

python -m benchmarks.grid_page_weight
"""

from collections.abc import Iterator

from playwright.sync_api import CDPSession, Page

from benchmarks.browser import address_of_grid, chromium, demo_site, log_in
from benchmarks.figures import Figure, percentile, report

PUPILS = 45
ROUNDS = 5
BYTES_A_SECOND = 1_000_000 / 8
LATENCY_MS = 40
FONTS = (".ttf", ".woff2")
USABLE = "[data-open-keys]"  # hidden until the scripts steer the keys


def main() -> None:
    with demo_site(pupils=PUPILS) as url, chromium() as browser:
        page = log_in(browser, url)
        for figure in figures(page, address_of_grid(page)):
            report(figure)


def figures(page: Page, address: str) -> Iterator[Figure]:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    received, times = weigh(network, page, address)
    parts = {
        "html": sum(size for url, size in received.items() if is_page(url)),
        "scripts": sum(size for url, size in received.items() if url.endswith(".js")),
        "styles": sum(size for url, size in received.items() if url.endswith(".css")),
    }
    total = sum(size for url, size in received.items() if not url.endswith(FONTS))
    yield Figure("grid_page.kb_without_fonts", total / 1000, "kB as transferred", at_most=150)
    for name, size in parts.items():
        yield Figure(f"grid_page.kb_{name}", size / 1000, "kB as transferred")
    yield Figure("grid_page.requests", len(received), "requests, first visit")
    for name, seconds in times.items():
        goal = 2 if name != "first_visit_with_fonts" else None
        yield Figure(f"grid_page.usable_{name}", percentile(seconds, 50), "s", at_most=goal)


def weigh(
    network: CDPSession, page: Page, address: str
) -> tuple[dict[str, int], dict[str, list[float]]]:
    received: dict[str, int] = {}
    urls: dict[str, str] = {}
    network.on(
        "Network.responseReceived",
        lambda event: urls.update({event["requestId"]: event["response"]["url"]}),
    )
    network.on(
        "Network.loadingFinished",
        lambda event: received.update(
            {urls.get(event["requestId"], ""): int(event["encodedDataLength"])}
        ),
    )
    slow_down(network)
    times: dict[str, list[float]] = {"first_visit": [], "next_visit": []}
    for _round in range(ROUNDS):
        network.send("Network.clearBrowserCache")
        first = seconds_until_usable(page, address)
        if not times["first_visit"]:
            page.wait_for_load_state("networkidle")
            weighed = dict(received)
        times["first_visit"].append(first)
        times["next_visit"].append(seconds_until_usable(page, address))
    return weighed, times


def slow_down(network: CDPSession) -> None:
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )


def seconds_until_usable(page: Page, address: str) -> float:
    """From the request until the keys are steered; the page's own clock."""
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.locator(USABLE).wait_for()
    milliseconds: float = page.evaluate("performance.now()")
    return milliseconds / 1000


def is_page(url: str) -> bool:
    return "/classes/" in url


if __name__ == "__main__":
    main()

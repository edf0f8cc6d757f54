package dev.starling.crawler.web.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.web.Shelf;
import dev.starling.crawler.web.WebLab;
import dev.starling.crawler.web.interop.Browser.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages in headless Chromium, by clicks and keys. Pictures of them are left in
/// `target/pictures`.
final class WebInterop {

    private static final Path PICTURES = Path.of("target/pictures");
    private static final String FIRST = "document.querySelector('#results h3 a').textContent";
    private static final String COUNT = "document.getElementById('count').textContent";
    private static final int DOWN = 40;
    private static final int TAB = 9;

    private final WebLab lab = WebLab.open(Shelf.full().catalogue());
    private Browser browser = start();

    private static Browser start() {
        try {
            return new Browser();
        } catch (IOException e) {
            throw new IllegalStateException("chromium does not start", e);
        }
    }

    @BeforeEach
    void seeOnADesk() {
        browser.show(Screen.DESKTOP);
    }

    @AfterEach
    void stop() throws IOException {
        var complaints = browser.complaints();
        browser.close();
        lab.close();
        assertThat(complaints).isEmpty();
    }

    private void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), browser.picture());
    }

    private void openSearch() {
        browser.open(lab.origin() + "/");
        browser.await("document.querySelectorAll('#results li').length === 20");
    }

    @Test
    void resultsFollowTheTyping() {
        openSearch();

        browser.click("#q");
        browser.type("quie");

        browser.await("location.search === '?q=quie'"); // what came before may have been searched
        browser.await(COUNT + " === '1 torrent'");
        browser.await(FIRST + " === 'quietos-12.4-amd64-netinst.iso'");
    }

    @Test
    void facetsNarrowAndChipsWiden() {
        openSearch();

        browser.click("#facets button:nth-child(1)");
        browser.await("location.search.includes('type=')");
        browser.await("document.querySelectorAll('#chips .chip').length === 1");
        browser.click("#chips .chip");

        browser.await("location.search === ''");
        browser.await(COUNT + " === '251 torrents'");
    }

    @Test
    void pagesAreTurnedAndBackGoesBack() {
        openSearch();
        String first = browser.text(FIRST);

        browser.click("#pager [rel=next]");
        browser.await("location.search === '?offset=20'");
        browser.await(FIRST + " !== " + quoted(first));
        browser.evaluate("history.back()");

        browser.await("location.search === ''");
        browser.await(FIRST + " === " + quoted(first));
    }

    private static String quoted(String text) {
        return "`" + text.replace("`", "\\`") + "`";
    }

    @Test
    void theKeyboardAloneReachesATorrent() {
        browser.open(lab.origin() + "/?q=handbook");
        browser.await(FIRST + " === 'Handbook of Starlings'");

        browser.evaluate("document.activeElement.blur()");
        browser.press("/", 191);
        browser.await("document.activeElement.id === 'q'");
        browser.press("ArrowDown", DOWN);
        browser.await("document.activeElement.textContent === 'Handbook of Starlings'");
        browser.pressEnter();

        browser.await("location.pathname.startsWith('/torrent/')");
        browser.await("document.querySelector('h1').textContent === 'Handbook of Starlings'");
    }

    @Test
    void whoChoosesByKeysStaysWhereHeIs() {
        openSearch();
        browser.evaluate("document.querySelector('[data-facet=\"type books\"]').focus()");

        browser.pressEnter();
        browser.await(COUNT + " === '2 torrents'");

        browser.await("document.activeElement.dataset.facet === 'type books'");
        assertThat(browser.text("document.activeElement.getAttribute('aria-pressed')"))
                .isEqualTo("true");
    }

    @Test
    void tabComesFirstToTheWayAroundTheMenu() {
        browser.open(lab.origin() + "/about");

        browser.press("Tab", TAB);

        browser.await("document.activeElement.className === 'skip'");
        assertThat(browser.text("document.activeElement.getBoundingClientRect().left >= 0"))
                .isEqualTo("true");
    }

    @Test
    void aTorrentShowsItsTreeItsHistoryAndItsCode() {
        var id = Shelf.id("Open Collection volume 006");
        browser.open(lab.origin() + "/torrent/" + id.hex());
        browser.await("!document.getElementById('torrent').hidden");

        assertThat(browser.text("document.querySelectorAll('#files details').length"))
                .isEqualTo("3");
        assertThat(browser.text("document.querySelectorAll('#files .file').length")).isEqualTo("7");
        browser.await("document.getElementById('code').naturalWidth > 0");
        assertThat(browser.text("document.getElementById('magnet').href"))
                .startsWith("magnet:?xt=urn:btih:" + id.hex());
        browser.click("#files summary");
        browser.await("!document.querySelector('#files details').open");
    }

    @Test
    void theOperatorHidesATorrentAndBringsItBack() {
        String path = "/torrent/" + Shelf.id("Handbook of Starlings").hex();
        browser.open(lab.origin() + path);
        browser.await("!document.getElementById('torrent').hidden");
        fill("#operator summary", "#why", "notice 17");
        fill("#admin", "#admin", lab.server().keys().admin());

        browser.click("#block [value=hide]");
        browser.await(status("block") + " === '1 torrent hidden.'");
        int hidden = lab.get("/api/v1/torrents" + path.substring(8)).statusCode();
        browser.click("#block [value=lift]");
        browser.await(status("block") + " === '1 torrent brought back.'");

        assertThat(hidden).isEqualTo(404);
        assertThat(lab.get("/api/v1/torrents" + path.substring(8)).statusCode()).isEqualTo(200);
    }

    @Test
    void theOperatorPausesTheCrawlAndResumesIt() {
        browser.open(lab.origin() + "/overview");
        browser.await("document.getElementById('live').textContent === 'live'");
        fill(".operator summary", "#admin", lab.server().keys().admin());

        browser.click("#pausing [value=pause]");
        browser.await(status("pausing") + " === 'Paused.'");
        browser.await("document.getElementById('live').textContent === 'paused'");
        browser.click("#pausing [value=resume]");
        browser.await("document.getElementById('live').textContent === 'live'");

        assertThat(lab.crawl().pauses()).containsExactly(true, false);
    }

    private static String status(String form) {
        return "document.getElementById('" + form + "-status').textContent";
    }

    private void fill(String first, String field, String text) {
        browser.click(first);
        browser.click(field);
        browser.type(text);
    }

    @Test
    void aHostileNameStaysTextEverywhere() {
        browser.open(lab.origin() + "/?q=alert");
        browser.await(FIRST + " === " + quoted(Shelf.HOSTILE));
        browser.click("#results h3 a");
        browser.await("document.querySelector('h1').textContent === " + quoted(Shelf.HOSTILE));

        assertThat(browser.text("document.querySelectorAll('main script, main img[src=x]').length"))
                .isEqualTo("0");
        assertThat(browser.text("document.querySelectorAll('main b').length")).isEqualTo("0");
    }

    @Test
    void theOverviewLives() {
        browser.open(lab.origin() + "/overview");

        browser.await("document.getElementById('live').textContent === 'live'");
        browser.await("document.querySelectorAll('#rates polyline').length === 3");
        browser.await("document.querySelector('#keyspace path.nodes') !== null");
        String before = browser.text("document.getElementById('tiles').textContent");
        browser.await("document.getElementById('tiles').textContent !== " + quoted(before));
    }

    @Test
    void theOverviewSaysWhatIsOfThisRunAndKeepsItsRowsInLine() {
        browser.open(lab.origin() + "/overview");

        browser.await("document.querySelectorAll('#newest li').length > 3");
        browser.await("document.querySelectorAll('#tiles dt').length > 5");

        assertThat(
                        browser.text(
                                "[...document.querySelectorAll('#tiles dt')].map(e => e.innerText)"))
                .contains("infohashes found in this run", "nodes visited in this run");
        assertThat(
                        browser.text(
                                "[...document.querySelectorAll('#newest li a')].map(e =>"
                                        + " e.getBoundingClientRect().top)"
                                        + ".map((top, i, all) => top - all[i - i % 2])"
                                        + ".filter(off => off !== 0)"))
                .isEmpty();
    }

    @Test
    void anAxisOverNothingGoesToOne() {
        browser.open(lab.origin() + "/about");

        var labels =
                browser.evaluate(
                        """
                        Promise.all([import('/charts.js'), import('/common.js')])
                          .then(([{lines}, {short}]) => {
                            const where = document.createElement('div');
                            const points = [{at: 0, value: 0}, {at: 1000, value: 0}];
                            lines(where, [{kind: 'nodes', points}], {short, label: 'none'});
                            return [...where.querySelectorAll('text')].slice(0, 5)
                              .map(e => e.textContent).join(' ');
                          })\
                        """);

        assertThat(labels.stringValue()).isEqualTo("0 0.25 0.5 0.75 1");
    }

    @Test
    void aLockedOverviewAsksForTheKey() throws IOException {
        try (var locked = WebLab.locked(Shelf.full().catalogue(), "correct-horse")) {
            browser.open(locked.origin() + "/overview");
            browser.await("!document.getElementById('keys').hidden");
            browser.click("#key");
            browser.type("correct-horse");
            browser.click("#keys button");

            browser.await("!document.getElementById('overview').hidden");
            browser.await("document.getElementById('live').textContent === 'live'");
        }
        browser.close(); // its server has gone, and so may its complaints
        browser = start();
    }

    @Test
    void nothingIsWiderThanTheScreenAndEverythingHasAName() throws IOException {
        var film = Shelf.id("Imagined Film 1999 German 1080p").hex();
        var pages = List.of("/", "/?q=fictional", "/torrent/" + film, "/overview", "/about");
        for (Screen screen :
                List.of(Screen.PHONE, Screen.DESKTOP, Screen.PHONE.dark(), Screen.DESKTOP.dark())) {
            browser.show(screen);
            for (String page : pages) {
                inspect(page, settled(page), screen);
                picture(name(page, film, screen));
            }
        }
    }

    @Test
    void whatIsNotThereFitsTheScreenToo() throws IOException {
        for (Screen screen : List.of(Screen.PHONE, Screen.DESKTOP.dark())) {
            browser.show(screen);
            inspect("/nowhere", "document.querySelector('main a') !== null", screen);
            inspect(
                    "/torrent/" + "0".repeat(40),
                    "document.getElementById('status').textContent.includes('0000')",
                    screen);
        }
        browser.close(); // it complains of each 404
        browser = start();
    }

    private void inspect(String page, String settled, Screen screen) {
        browser.open(lab.origin() + page);
        browser.await(settled);
        assertThat(browser.text("document.documentElement.scrollWidth <= innerWidth"))
                .as(page)
                .isEqualTo("true");
        assertThat(browser.text(NAMELESS)).as(page).isEmpty();
        assertThat(browser.text(LANDMARKS)).as(page).isEqualTo("1,1,1,1,1");
        assertThat(browser.text(FAINT)).as(page + " on " + screen).isEmpty();
    }

    /// Controls that a screen reader could not call by a name.
    private static final String NAMELESS =
            "[...document.querySelectorAll('a, button, input, select, svg, img')]"
                    + ".filter(e => e.getClientRects().length > 0 && !e.textContent.trim()"
                    + " && !e.getAttribute('aria-label') && !e.hasAttribute('alt')"
                    + " && !e.labels?.length).map(e => e.outerHTML)";

    /// What a screen reader goes by.
    private static final String LANDMARKS =
            "['main', 'h1', 'header.bar', 'nav[aria-label=Site]', 'a.skip']"
                    + ".map(s => document.querySelectorAll(s).length)";

    /// Text that stands out from its ground by less than WCAG's 4.5 to 1.
    private static final String FAINT =
            """
            (() => {
              const parts = colour => colour.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = e => {
                for (; e; e = e.parentElement) {
                  const colour = parts(getComputedStyle(e).backgroundColor);
                  if (colour[3] !== 0) return colour;
                }
                return [255, 255, 255];
              };
              const hasText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
              return [...document.body.querySelectorAll('*:not(svg *):not(.unseen):not(noscript)')]
                .filter(e => hasText(e) && e.getClientRects().length > 0)
                .filter(e => {
                  const pair = [light(parts(getComputedStyle(e).color)), light(ground(e))];
                  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05) < 4.5;
                })
                .map(e => e.outerHTML.slice(0, 120));
            })()\
            """;

    private static String settled(String page) {
        if (page.startsWith("/torrent")) {
            return "!document.getElementById('torrent').hidden"
                    + " && document.getElementById('code').naturalWidth > 0";
        }
        if (page.equals("/overview")) {
            return "document.querySelectorAll('#rates polyline').length === 3";
        }
        return page.equals("/about") ? "true" : "document.querySelector('#results li') !== null";
    }

    private static String name(String page, String film, Screen screen) {
        String plain = page.replace("/torrent/" + film, "torrent").replaceAll("\\W", "");
        return (plain.isEmpty() ? "search" : plain)
                + (screen.isMobile() ? "-phone" : "-desktop")
                + (screen.isDark() ? "-dark" : "-light");
    }
}

package dev.starling.crawler.web;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.web.http.WebKeys;
import dev.starling.crawler.web.live.CrawlView;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.HttpAddressConverter;
import dev.starling.node.Output;
import dev.starling.node.monitor.HttpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options by which a command is told to serve its catalogue over HTTP.
public final class WebOptions {

    @Option(
            names = "--web",
            paramLabel = "[HOST:]PORT",
            converter = HttpAddressConverter.class,
            description =
                    "Serve the web page, Torznab, the JSON API and metrics there; without a host for"
                            + " this machine alone, with port 0 on any free one.")
    private Optional<HttpAddress> address = Optional.empty();

    @Option(
            names = "--web-name",
            paramLabel = "NAME",
            description =
                    "A name that web requests may be for, besides addresses and localhost; may"
                            + " repeat.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description =
                    "Ask for this key for all but the search pages, on loopback too (default: one"
                            + " kept in the data folder, not asked for on loopback).")
    private Optional<String> apiKey = Optional.empty();

    /// Starts serving where that was asked for.
    ///
    /// @param crawl what fills the catalogue, if something does
    /// @param data keeps the keys
    public Optional<CrawlServer> serve(
            Catalogue catalogue, Optional<CrawlView> crawl, Path data, Output output)
            throws Failure, IOException {
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(start(address.get(), catalogue, crawl, data, output));
    }

    /// Starts serving, at `otherwise` if nothing was asked for.
    public CrawlServer serve(HttpAddress otherwise, Catalogue catalogue, Path data, Output output)
            throws Failure, IOException {
        return start(address.orElse(otherwise), catalogue, Optional.empty(), data, output);
    }

    private CrawlServer start(
            HttpAddress where,
            Catalogue catalogue,
            Optional<CrawlView> crawl,
            Path data,
            Output output)
            throws Failure, IOException {
        if (apiKey.isPresent() && apiKey.get().length() < WebKeys.MIN_CHARACTERS) {
            throw new Failure(
                    "the API key has fewer than " + WebKeys.MIN_CHARACTERS + " characters",
                    "Leave out --api-key, and one is made.");
        }
        var settings = new WebSettings(where, names, apiKey, data);
        var server = CrawlServer.start(settings, catalogue, crawl);
        String url = "http://" + server.address().local() + "/";
        output.event(
                Event.of("web")
                        .text("url", url)
                        .text("listens", server.address().toString())
                        .flag("needsKey", server.needsKey()));
        output.progress("web page: " + url);
        if (server.isOpenToOthers()) {
            output.progress(open(server.address()));
        }
        if (server.keys().isNew()) {
            tell(server.keys(), output);
        }
        output.progress(keptIn(data, apiKey.isPresent()));
        return server;
    }

    /// Told once: from then on they are in their files.
    private void tell(WebKeys keys, Output output) {
        if (apiKey.isEmpty()) {
            output.progress("API key: " + keys.read());
        }
        output.progress("admin key: " + keys.admin());
    }

    static String open(HttpAddress address) {
        return "it listens on "
                + address
                + " and is open to other machines: the search pages to all of them, the rest to who"
                + " has the API key";
    }

    /// Where a person finds the keys.
    static String keptIn(Path data, boolean isKeyGiven) {
        var admin = data.resolve(WebKeys.ADMIN_FILE);
        return isKeyGiven
                ? "the admin key is in " + admin
                : "the API key is in "
                        + data.resolve(WebKeys.READ_FILE)
                        + ", the admin key in "
                        + admin;
    }
}

package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.Order;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.LastSearch;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `starling search`: finds torrents in the catalogue.
@Command(
        name = "search",
        description = "Find torrents in the crawler's catalogue.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling search debian netinst",
            "  starling search '\"night train\"' --type audio --min-seeds 5",
            "  starling search 'ubu*' -- -server",
            "  starling search --type video --newer 1d --sort seeds",
            "  starling get 1                  download the first of these results",
            "",
            "All words must match, in the name or in a file's path. \"...\" is a phrase,",
            "word* a beginning; -word leaves out what has it (after --, lest it be taken",
            "for an option)."
        })
public final class SearchCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;
    @Mixin private SearchFilters filters;

    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "What to find.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            defaultValue = "relevance",
            converter = OrderConverter.class,
            description =
                    "relevance, seeds, newest, oldest, largest or smallest"
                            + " (default: ${DEFAULT-VALUE}).")
    private Order order = Order.RELEVANCE;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Results at the most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--offset", paramLabel = "N", description = "Results to pass over.")
    private int offset;

    @Option(names = "--facets", description = "Count all matches by type, year and so on.")
    private boolean hasFacets;

    @Option(names = "--files", description = "List the files too.")
    private boolean hasFiles;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        var now = Instant.now();
        var query =
                CatalogueQuery.of(String.join(" ", words))
                        .with(filters.filters(now))
                        .with(order)
                        .with(new CatalogueQuery.Window(offset, limit));
        try (var searched = catalogue.in(options.data()).read()) {
            var page = searched.search(hasFacets ? query.withFacets() : query);
            new SearchReport(output, now, hasFiles).print(page, offset);
            var magnets = page.hits().stream().map(SearchReport::magnet).toList();
            LastSearch.in(options.data()).remember(offset, magnets);
            return 0;
        }
    }

    /// Reads an order; anything else is wrong usage.
    static final class OrderConverter implements ITypeConverter<Order> {
        @Override
        public Order convert(String text) {
            return Order.parse(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is no order; see --help"));
        }
    }
}

package dev.starling.crawler;

import dev.starling.crawler.catalogue.command.CatalogueCommand;
import dev.starling.crawler.catalogue.command.SearchCommand;
import dev.starling.node.CommandProvider;
import java.util.List;

/// Adds `starling crawl`, `search` and `catalogue` to the program.
public final class CrawlerCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new CrawlCommand(), new SearchCommand(), new CatalogueCommand());
    }
}

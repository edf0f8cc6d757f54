package dev.starling.crawler;

import dev.starling.node.CommandProvider;
import java.util.List;

/// Adds `starling crawl` to the program.
public final class CrawlerCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new CrawlCommand());
    }
}

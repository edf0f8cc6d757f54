package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.AuditLine.Action;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which rules a change of the blocks is about, where, and why.
final class BlockOptions {

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;

    @Parameters(
            arity = "1..*",
            paramLabel = "RULE",
            converter = Rule.class,
            description = "INFOHASH, hash:INFOHASH, word:WORDS or rule:QUERY.")
    private List<BlockRule> rules = new ArrayList<>();

    @Option(names = "--why", paramLabel = "TEXT", description = "Kept in the audit log.")
    private String why = "";

    /// Makes the change for each rule, or says what it would do.
    void change(Action action, boolean isDryRun) throws Failure, IOException, InterruptedException {
        var change = new BlockChange(catalogue.in(options.data()), options.output(), action);
        for (BlockRule rule : rules) {
            if (isDryRun) {
                change.dryRun(rule);
            } else {
                change.make(rule, why);
            }
        }
    }
}

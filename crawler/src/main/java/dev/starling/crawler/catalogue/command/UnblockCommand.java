package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.AuditLine.Action;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling catalogue unblock`.
@Command(
        name = "unblock",
        description = "Take a block back: what no other block hides is there again, as it was.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling catalogue unblock word:spam --why 'too much'",
            "  starling catalogue blocks        the blocks in force, as they are to be named"
        })
final class UnblockCommand implements Callable<Integer> {

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

    @Option(names = "--dry-run", description = "Say what it would bring back, change nothing.")
    private boolean isDryRun;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var change = new BlockChange(catalogue.in(options.data()), options.output(), Action.LIFTED);
        for (BlockRule rule : rules) {
            if (isDryRun) {
                change.dryRun(rule);
            } else {
                change.make(rule, why);
            }
        }
        return 0;
    }
}

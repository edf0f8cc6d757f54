package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.AuditLine.Action;
import dev.starling.node.Failure;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling catalogue unblock`.
@Command(
        name = "unblock",
        description = "Take a block back: what no other block hides is there again, as it was.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling catalogue unblock word:spam --why 'too much'",
            "  starling catalogue blocks      the blocks in force, and their names"
        })
final class UnblockCommand implements Callable<Integer> {

    @Mixin private BlockOptions options;

    @Option(names = "--dry-run", description = "Say what it would bring back, change nothing.")
    private boolean isDryRun;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        options.change(Action.LIFTED, isDryRun);
        return 0;
    }
}

package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.AuditLine.Action;
import dev.starling.node.Failure;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling catalogue block`.
@Command(
        name = "block",
        description = "Hide torrents, those in the catalogue and those still to be found.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling catalogue block word:spam --why 'notice 17'",
            "  starling catalogue block 0123456789abcdef0123456789abcdef01234567",
            "  starling catalogue block word:'some words' --dry-run",
            "  starling catalogue block 'rule:codec ext:exe,scr size:..5000000'",
            "",
            "A word is a whole word of the name or of a path. A rule is what one would",
            "search for; type:, ext:, size:, year:, season:, episode:, resolution: and",
            "language: narrow it. A running crawler takes the block at once; starling",
            "catalogue unblock takes it back."
        })
final class BlockCommand implements Callable<Integer> {

    @Mixin private BlockOptions options;

    @Option(names = "--dry-run", description = "Say what it would hide, change nothing.")
    private boolean isDryRun;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        options.change(Action.ADDED, isDryRun);
        return 0;
    }
}

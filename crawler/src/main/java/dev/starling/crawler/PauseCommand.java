package dev.starling.crawler;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `starling crawl pause`.
@Command(
        name = "pause",
        description = "Have the crawl of this --data ask nobody, until it is resumed.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling crawl pause",
            "",
            "A running crawl pauses at once and goes on to answer others; what it has asked",
            "already comes to its end. One that is started later begins paused."
        })
final class PauseCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;

    @Override
    public Integer call() throws Failure, IOException {
        boolean isChanged = change(options, true);
        var output = options.output();
        output.event(Event.of("paused"));
        output.result(isChanged ? "paused; starling crawl resume goes on" : "paused already");
        return 0;
    }

    /// Says whether that changed anything.
    static boolean change(GlobalOptions options, boolean isPaused) throws Failure, IOException {
        var mark = new PauseMark(options.data().resolve("crawl"));
        if (!mark.hasCrawl()) {
            throw new Failure(
                    "there is no crawl in " + options.data(),
                    "Name the data folder of one: --data.");
        }
        return mark.set(isPaused);
    }
}
